#include "core/npy_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry {
namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kMaxAxes = 8;
constexpr std::size_t kDataAlignment = 64;

struct TypeEntry {
  NpyType type;
  std::string_view descr;
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<TypeEntry, 11> kTypes{{{NpyType::kBool, "|b1", "bool", 1},
                                            {NpyType::kInt8, "|i1", "int8", 1},
                                            {NpyType::kInt16, "<i2", "int16", 2},
                                            {NpyType::kInt32, "<i4", "int32", 4},
                                            {NpyType::kInt64, "<i8", "int64", 8},
                                            {NpyType::kUint8, "|u1", "uint8", 1},
                                            {NpyType::kUint16, "<u2", "uint16", 2},
                                            {NpyType::kUint32, "<u4", "uint32", 4},
                                            {NpyType::kUint64, "<u8", "uint64", 8},
                                            {NpyType::kFloat32, "<f4", "float32", 4},
                                            {NpyType::kFloat64, "<f8", "float64", 8}}};

const TypeEntry& entry_of(NpyType type) noexcept {
  return kTypes[static_cast<std::size_t>(type)];
}

[[noreturn]] void fail(std::string_view name, const std::string& what) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", name, what));
}

[[noreturn]] void fail_as_damaged(std::string_view name, const std::string& what) {
  fail(name, what + ". The file is damaged, or is not one that NumPy wrote: write it again with numpy.save.");
}

// Why a type that NumPy knows is not read here, and what to do instead.
std::string refusal_of(std::string_view descr) {
  const std::string shown = fmt::format("holds elements of type '{}', ", printable(descr));
  const char order = descr.empty() ? ' ' : descr[0];
  const char kind = descr.size() < 2 ? ' ' : descr[1];
  if (kind == 'O') {
    return shown +
           "Python objects, which can run code when they are loaded and are never read. Save a plain numeric "
           "array: "
           "numpy.save(file, array.astype('float64'), allow_pickle=False).";
  }
  if (kind == 'M' || kind == 'm') {
    return shown + "times. Save them as nanoseconds: array.astype('datetime64[ns]').astype('int64').";
  }
  if (kind == 'U' || kind == 'S' || kind == 'a')
    return shown + "texts. Save numbers, or use a CSV or Parquet file.";
  if (kind == 'V') return shown + "raw records. Save one plain array per field.";
  if (kind == 'c') return shown + "complex numbers. Save the real and the imaginary part as two arrays.";
  if (order == '>') return shown + "in big-endian byte order. Save it as little-endian: array.astype('<f8').";
  return shown +
         "which is not read here. Save one of bool, int8 to int64, uint8 to uint64, float32, float64.";
}

NpyType type_of(std::string_view descr, std::string_view name) {
  const auto* const found = std::ranges::find(kTypes, descr, &TypeEntry::descr);
  if (found != kTypes.end()) return found->type;
  // A type of one byte has no byte order; some writers give one all the same.
  if (descr.size() == 3 && descr[0] == '<' && descr[2] == '1') {
    return type_of("|" + std::string(descr.substr(1)), name);
  }
  fail(name, refusal_of(descr));
}

// A cursor over the dictionary's text. It knows strings, True, False and tuples of counts, and nothing else.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  NpyHeader read() {
    NpyHeader header;
    expect('{');
    while (!take('}')) {
      read_entry(header);
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skip_blanks();
    if (at_ != text_.size()) fail_here("more text after the closing brace");
    if (!has_descr_) fail_as_damaged(name_, "the header has no key 'descr'");
    if (!has_order_) fail_as_damaged(name_, "the header has no key 'fortran_order'");
    if (!has_shape_) fail_as_damaged(name_, "the header has no key 'shape'");
    return header;
  }

 private:
  void read_entry(NpyHeader& header) {
    const std::string_view key = read_string();
    expect(':');
    if (key == "descr") {
      once(has_descr_, key);
      if (peek() == '[') {
        fail(name_,
             "is a structured array with named fields, which is not read here. Save one plain array per "
             "field.");
      }
      header.type = type_of(read_string(), name_);
    } else if (key == "fortran_order") {
      once(has_order_, key);
      if (read_bool()) {
        fail(name_,
             "is stored in Fortran order (columns first), which is not read here. Save "
             "numpy.ascontiguousarray(array).");
      }
    } else if (key == "shape") {
      once(has_shape_, key);
      header.shape = read_shape();
    } else {
      fail_as_damaged(name_, fmt::format("the header has the unknown key '{}'", printable(key)));
    }
  }

  void once(bool& seen, std::string_view key) const {
    if (seen) fail_as_damaged(name_, fmt::format("the header has the key '{}' twice", key));
    seen = true;
  }

  std::string_view read_string() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') fail_here("expected a quoted text");
    const std::size_t begin = ++at_;
    const std::size_t end = text_.find(quote, begin);
    if (end == std::string_view::npos) fail_here("a quoted text has no end");
    const std::string_view content = text_.substr(begin, end - begin);
    if (content.find('\\') != std::string_view::npos) fail_here("a text with a backslash");
    at_ = end + 1;
    return content;
  }

  bool read_bool() {
    skip_blanks();
    for (const auto& [word, value] :
         {std::pair{std::string_view("True"), true}, {std::string_view("False"), false}}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return value;
    }
    fail_here("expected True or False");
  }

  std::vector<std::int64_t> read_shape() {
    std::vector<std::int64_t> shape;
    expect('(');
    bool had_comma = true;
    while (!take(')')) {
      if (!had_comma) fail_here("expected ',' or ')'");
      if (shape.size() == kMaxAxes) {
        fail(name_,
             fmt::format("has more than {} axes, the most that are read here. Reshape the array.", kMaxAxes));
      }
      shape.push_back(read_extent());
      had_comma = take(',');
    }
    // In Python (3) is a number and (3,) is a shape.
    if (shape.size() == 1 && !had_comma) fail_here("a shape of one axis without its comma");
    return shape;
  }

  std::int64_t read_extent() {
    skip_blanks();
    std::int64_t extent = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), extent);
    if (error == std::errc::result_out_of_range) fail_here("a shape with a number that does not fit 64 bits");
    if (error != std::errc()) fail_here("expected a whole number in the shape");
    if (extent < 0) fail_here("a shape with a negative number");
    const bool is_plain = *begin != '-' && (*begin != '0' || end == begin + 1);
    if (!is_plain) fail_here("a shape with a number that Python would not write so");
    at_ += static_cast<std::size_t>(end - begin);
    return extent;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  char peek() {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char wanted) {
    if (peek() != wanted || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  void expect(char wanted) {
    if (!take(wanted)) fail_here(fmt::format("expected '{}'", wanted));
  }
  [[noreturn]] void fail_here(const std::string& what) const {
    fail_as_damaged(name_, fmt::format("the header cannot be read at its character {}: {}", at_ + 1, what));
  }

  std::string_view text_, name_;
  std::size_t at_ = 0;
  bool has_descr_ = false, has_order_ = false, has_shape_ = false;
};

std::size_t little_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

// Bytes of the length field: 2 in version 1.0, 4 in 2.0.
std::size_t length_field_bytes(std::string_view prefix, std::string_view name) {
  const int major = static_cast<unsigned char>(prefix[kMagic.size()]);
  const int minor = static_cast<unsigned char>(prefix[kMagic.size() + 1]);
  if (minor == 0 && (major == 1 || major == 2)) return major == 1 ? 2 : 4;
  fail(name, fmt::format(
                 "has .npy format version {}.{}; 1.0 and 2.0 are read here. Save a plain numeric array with "
                 "numpy.save, which chooses 1.0.",
                 major, minor));
}

struct HeaderPlace {
  std::size_t text_begin, data_offset;
};

HeaderPlace find_header(std::string_view prefix, std::uintmax_t file_bytes, std::string_view name) {
  if (file_bytes == 0) fail(name, "is empty (0 bytes). Write the array again with numpy.save.");
  const std::size_t seen = std::min(prefix.size(), kMagic.size());
  if (prefix.substr(0, seen) != kMagic.substr(0, seen)) {
    fail(name,
         fmt::format(
             "is not a .npy file: it starts with '{}', not with the bytes 93 'NUMPY'. Give a file written "
             "by numpy.save.",
             printable(prefix.substr(0, 8))));
  }
  if (prefix.size() < kMagic.size() + 4)
    fail_as_damaged(name, fmt::format("ends after {} bytes, within its header", file_bytes));
  const std::size_t field_begin = kMagic.size() + 2;
  const std::size_t text_begin = field_begin + length_field_bytes(prefix, name);
  if (prefix.size() < text_begin)
    fail_as_damaged(name, fmt::format("ends after {} bytes, within its header", file_bytes));
  const std::size_t length = little_endian(prefix.substr(field_begin, text_begin - field_begin));
  if (length > kNpyMaxHeaderBytes - text_begin) {
    fail_as_damaged(
        name, fmt::format("says that its header has {} bytes, more than the {} that any array needs", length,
                          kNpyMaxHeaderBytes));
  }
  if (length > file_bytes - text_begin) {
    fail_as_damaged(name, fmt::format("says that its header has {} bytes, but the file ends after {} more",
                                      length, file_bytes - text_begin));
  }
  return {text_begin, text_begin + length};
}

}  // namespace

std::size_t byte_size(NpyType type) noexcept {
  return entry_of(type).bytes;
}
std::string_view type_name(NpyType type) noexcept {
  return entry_of(type).name;
}

NpyHeader parse_npy_header(std::string_view prefix, std::uintmax_t file_bytes, std::string_view name) {
  const HeaderPlace place = find_header(prefix, file_bytes, name);
  const std::string_view text = prefix.substr(place.text_begin, place.data_offset - place.text_begin);
  NpyHeader header = HeaderReader(text, name).read();
  header.data_offset = place.data_offset;

  const std::string says =
      fmt::format("the header says shape {} {}, which is", shape_text(header.shape), type_name(header.type));
  const std::optional<std::int64_t> needed = byte_count_of(header.shape, byte_size(header.type));
  if (!needed) fail_as_damaged(name, says + " more than any file holds");
  header.data_bytes = static_cast<std::size_t>(*needed);
  const std::uintmax_t held = file_bytes - place.data_offset;
  if (held < header.data_bytes) {
    fail(name, fmt::format("{} {} bytes, but the file holds {}. It was cut short: copy or write it again.",
                           says, header.data_bytes, held));
  }
  if (held > header.data_bytes) {
    fail(name, fmt::format("{} {} bytes, but the file holds {}. Save one array per file.", says,
                           header.data_bytes, held));
  }
  return header;
}

std::string format_npy_header(NpyType type, std::span<const std::int64_t> shape) {
  if (shape.size() > kMaxAxes) {
    throw Error(ErrorKind::kInternal,
                fmt::format("an array of {} axes cannot be written as .npy; at most {} can.", shape.size(),
                            kMaxAxes));
  }
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                 entry_of(type).descr, shape_text(shape));
  constexpr std::size_t kTextBegin = kMagic.size() + 4;
  const std::size_t unpadded = kTextBegin + text.size() + 1;  // 1: the line feed
  const std::size_t data_offset = (unpadded + kDataAlignment - 1) / kDataAlignment * kDataAlignment;
  text.append(data_offset - unpadded, ' ');
  text += '\n';
  std::string header(kMagic);
  header += '\x01';  // version 1.0: with at most 8 axes the text always fits its u16 length
  header += '\0';
  header += static_cast<char>(text.size() & 0xffU);
  header += static_cast<char>(text.size() >> 8U);
  return header + text;
}

}  // namespace regimetry
