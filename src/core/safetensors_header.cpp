#include "core/safetensors_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/error.hpp"
#include "core/printable.hpp"
#include "core/tensor_shape.hpp"

namespace regimetry {
namespace {

constexpr std::string_view kMetadataKey = "__metadata__";
constexpr std::size_t kMaxAxes =
    64;  // more than any library makes; keeps a hostile shape from filling the memory

struct TypeEntry {
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<TypeEntry, 13> kTypes{{{"BOOL", 1},
                                            {"I8", 1},
                                            {"U8", 1},
                                            {"I16", 2},
                                            {"U16", 2},
                                            {"I32", 4},
                                            {"U32", 4},
                                            {"I64", 8},
                                            {"U64", 8},
                                            {"F16", 2},
                                            {"BF16", 2},
                                            {"F32", 4},
                                            {"F64", 8}}};

[[noreturn]] void fail(std::string_view name, const std::string& what) {
  throw Error(ErrorKind::kData, fmt::format("{}: {}", name, what));
}

[[noreturn]] void fail_as_damaged(std::string_view name, const std::string& what) {
  fail(name, what + ". The file is damaged, or was not written by a safetensors library: write it again.");
}

// Takes the JSON as it comes, event by event. Why not into a tree: a tree keeps only one of two equal keys,
// so that two readers may see two different files, and a deep or huge text would be built before it could be
// refused.
class HeaderReader {
 public:
  explicit HeaderReader(std::string_view name) : name_(name) {}

  SafetensorsHeader take_header() { return std::move(header_); }

  // What nlohmann's SAX parser calls. Anything wrong throws, so every event returns true.
  bool start_object(std::size_t) {
    if (place_ == Place::kStart) {
      place_ = Place::kFile;
    } else if (place_ == Place::kFile) {
      place_ = key_ == kMetadataKey ? Place::kMetadata : Place::kTensor;
      if (place_ == Place::kTensor) {
        tensor_ = TensorPlace();
        tensor_.name = key_;
      }
      has_type_ = has_shape_ = has_offsets_ = false;
    } else {
      fail_at_value("an object");
    }
    return true;
  }
  bool end_object() {
    if (place_ == Place::kTensor) finish_tensor();
    place_ = place_ == Place::kFile ? Place::kStart : Place::kFile;
    return true;
  }
  bool key(std::string& key) {
    if (place_ == Place::kFile) {
      if (!names_.insert(key).second)
        fail_as_damaged(name_, fmt::format("the header has '{}' twice", printable(key)));
      key_ = key;
    } else if (place_ == Place::kMetadata) {
      if (header_.metadata.contains(key)) {
        fail_as_damaged(name_, fmt::format("the metadata has '{}' twice", printable(key)));
      }
      field_ = key;
    } else {
      start_field(key);
    }
    return true;
  }
  bool start_array(std::size_t) {
    if (place_ != Place::kTensor || (field_ != "shape" && field_ != "data_offsets")) fail_at_value("a list");
    place_ = field_ == "shape" ? Place::kShape : Place::kOffsets;
    return true;
  }
  bool end_array() {
    if (place_ == Place::kOffsets && offset_count_ != 2) fail_in_tensor("'data_offsets' needs two numbers");
    place_ = Place::kTensor;
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    if (place_ == Place::kShape) {
      if (tensor_.shape.size() == kMaxAxes) fail_in_tensor(fmt::format("has more than {} axes", kMaxAxes));
      if (value > INT64_MAX) fail_in_tensor(fmt::format("'shape' holds {}, which is too large", value));
      tensor_.shape.push_back(static_cast<std::int64_t>(value));
    } else if (place_ == Place::kOffsets) {
      if (offset_count_ == 2) fail_in_tensor("'data_offsets' needs two numbers");
      (offset_count_++ == 0 ? tensor_.begin : tensor_.end) = value;
    } else {
      fail_at_value("a number");
    }
    return true;
  }
  bool string(std::string& value) {
    if (place_ == Place::kMetadata) {
      header_.metadata.emplace(field_, value);
    } else if (place_ == Place::kTensor && field_ == "dtype") {
      tensor_.type = type_of(value);
    } else {
      fail_at_value("a text");
    }
    return true;
  }
  bool number_integer(std::int64_t value) { fail_at_value(fmt::format("the negative number {}", value)); }
  bool number_float(double, const std::string& text) {
    fail_at_value(fmt::format("{}, which is not a whole number of 64 bits", printable(text)));
  }
  bool boolean(bool) { fail_at_value("a truth value"); }
  bool null() { fail_at_value("null"); }
  bool binary(nlohmann::json::binary_t&) { fail_at_value("binary data"); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    fail_as_damaged(name_, fmt::format("the header is not valid JSON at its byte {}", position));
  }

 private:
  enum class Place { kStart, kFile, kMetadata, kTensor, kShape, kOffsets };

  void start_field(const std::string& key) {
    bool* const seen = key == "dtype"          ? &has_type_
                       : key == "shape"        ? &has_shape_
                       : key == "data_offsets" ? &has_offsets_
                                               : nullptr;
    if (seen == nullptr) fail_in_tensor(fmt::format("has the unknown key '{}'", printable(key)));
    if (*seen) fail_in_tensor(fmt::format("has the key '{}' twice", key));
    *seen = true;
    offset_count_ = 0;
    field_ = key;
  }

  TensorType type_of(std::string_view text) const {
    const auto* const found = std::ranges::find(kTypes, text, &TypeEntry::name);
    if (found != kTypes.end()) return static_cast<TensorType>(found - kTypes.begin());
    fail(name_,
         fmt::format(
             "tensor '{}' has the element type '{}', which is not read here. Save it as F32, F64, F16, "
             "BF16, BOOL, I8 to I64 or U8 to U64.",
             printable(tensor_.name), printable(text)));
  }

  void finish_tensor() {
    if (!has_type_) fail_in_tensor("has no 'dtype'");
    if (!has_shape_) fail_in_tensor("has no 'shape'");
    if (!has_offsets_) fail_in_tensor("has no 'data_offsets'");
    const std::optional<std::int64_t> needed = byte_count_of(tensor_.shape, byte_size(tensor_.type));
    if (!needed)
      fail_in_tensor(fmt::format("has shape {}, more than any file holds", shape_text(tensor_.shape)));
    if (tensor_.end < tensor_.begin || tensor_.end - tensor_.begin != static_cast<std::uint64_t>(*needed)) {
      fail_in_tensor(fmt::format("has shape {} {}, which is {} bytes, but its data_offsets are [{}, {}]",
                                 shape_text(tensor_.shape), type_name(tensor_.type), *needed, tensor_.begin,
                                 tensor_.end));
    }
    header_.tensors.push_back(std::move(tensor_));
  }

  [[noreturn]] void fail_in_tensor(const std::string& what) const {
    fail_as_damaged(name_, fmt::format("tensor '{}' {}", printable(tensor_.name), what));
  }
  [[noreturn]] void fail_at_value(std::string_view found) const {
    if (place_ == Place::kStart || (place_ == Place::kFile && key_.empty())) {
      fail_as_damaged(name_, fmt::format("the header is not a JSON object but {}", found));
    }
    if (place_ == Place::kFile) {
      fail_as_damaged(name_,
                      fmt::format("'{}' in the header should be an object, not {}", printable(key_), found));
    }
    if (place_ == Place::kMetadata) {
      fail_as_damaged(name_,
                      fmt::format("'{}' in the metadata should be a text, not {}", printable(field_), found));
    }
    fail_in_tensor(fmt::format("holds {} in '{}'", found, printable(field_)));
  }

  std::string_view name_;
  SafetensorsHeader header_;
  std::set<std::string, std::less<>> names_;
  Place place_ = Place::kStart;
  std::string key_, field_;
  TensorPlace tensor_;
  int offset_count_ = 0;
  bool has_type_ = false, has_shape_ = false, has_offsets_ = false;
};

// The data must be the tensors and nothing else: a hole could smuggle anything, an overlap makes one tensor's
// change another's.
void require_seamless(std::vector<TensorPlace>& tensors, std::uintmax_t data_bytes, std::string_view name) {
  std::ranges::sort(
      tensors, {}, [](const TensorPlace& t) { return std::tuple(t.begin, t.end, std::string_view(t.name)); });
  std::uint64_t covered = 0;
  for (const TensorPlace& tensor : tensors) {
    if (tensor.begin != covered) {
      fail_as_damaged(
          name,
          fmt::format("tensor '{}' begins at byte {} of the data, {} the tensor before it ends at byte {}",
                      printable(tensor.name), tensor.begin,
                      tensor.begin < covered ? "but" : "leaving a hole where", covered));
    }
    covered = tensor.end;
  }
  if (covered > data_bytes) {
    fail(name,
         fmt::format(
             "the tensors need {} bytes, but the file holds {}. It was cut short: copy or write it again.",
             covered, data_bytes));
  }
  if (covered < data_bytes) {
    fail_as_damaged(name,
                    fmt::format("the tensors need {} bytes, but the file holds {}", covered, data_bytes));
  }
}

}  // namespace

std::size_t byte_size(TensorType type) noexcept {
  return kTypes[static_cast<std::size_t>(type)].bytes;
}
std::string_view type_name(TensorType type) noexcept {
  return kTypes[static_cast<std::size_t>(type)].name;
}

std::size_t safetensors_header_length(std::string_view first_bytes, std::uintmax_t file_bytes,
                                      std::string_view name) {
  if (file_bytes == 0) fail(name, "is empty (0 bytes). Write the tensors again.");
  if (first_bytes.size() < kSafetensorsLengthBytes) {
    fail_as_damaged(name, fmt::format("has {} bytes, too few for the length of a header", file_bytes));
  }
  std::uint64_t length = 0;
  for (std::size_t i = kSafetensorsLengthBytes; i-- > 0;) {
    length = length << 8U | static_cast<unsigned char>(first_bytes[i]);
  }
  if (length > kSafetensorsMaxHeaderBytes) {
    fail(name,
         fmt::format(
             "is not a .safetensors file, or a damaged one: its first 8 bytes give a header of {} bytes, and "
             "at most {} are allowed. Give a file written by a safetensors library.",
             length, kSafetensorsMaxHeaderBytes));
  }
  const std::uintmax_t rest = file_bytes - kSafetensorsLengthBytes;
  if (length > rest) {
    fail_as_damaged(name,
                    fmt::format("the header should have {} bytes, but the file ends after {}", length, rest));
  }
  return static_cast<std::size_t>(length);
}

SafetensorsHeader parse_safetensors_header(std::string_view json, std::uintmax_t data_bytes,
                                           std::string_view name) {
  if (!json.starts_with('{')) fail_as_damaged(name, "the header does not begin with '{'");
  // The parser takes a NUL for the end of the text, and would not look at what comes after it.
  if (json.find('\0') != std::string_view::npos) fail_as_damaged(name, "the header holds a NUL byte");
  HeaderReader reader(name);
  nlohmann::json::sax_parse(json, &reader, nlohmann::json::input_format_t::json, /*strict=*/true);
  SafetensorsHeader header = reader.take_header();
  require_seamless(header.tensors, data_bytes, name);
  return header;
}

std::string format_safetensors_header(const SafetensorsHeader& header) {
  nlohmann::json json = nlohmann::json::object();  // keeps its keys sorted
  if (!header.metadata.empty()) json[std::string(kMetadataKey)] = header.metadata;
  for (const TensorPlace& tensor : header.tensors) {
    if (tensor.name == kMetadataKey) {
      throw Error(ErrorKind::kInternal, fmt::format("no tensor can be called '{}'.", kMetadataKey));
    }
    json[tensor.name] = {{"dtype", type_name(tensor.type)},
                         {"shape", tensor.shape},
                         {"data_offsets", {tensor.begin, tensor.end}}};
  }
  std::string text;
  try {
    text = json.dump();
  } catch (const nlohmann::json::type_error&) {
    throw Error(ErrorKind::kInternal,
                "a tensor's name or the metadata is not UTF-8, which .safetensors demands.");
  }
  if (text.size() > kSafetensorsMaxHeaderBytes) {
    throw Error(ErrorKind::kInternal,
                fmt::format("the header of the tensors has {} bytes; at most {} are allowed.", text.size(),
                            kSafetensorsMaxHeaderBytes));
  }
  text.append((8 - text.size() % 8) % 8, ' ');
  std::string length(kSafetensorsLengthBytes, '\0');
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<char>(text.size() >> (8 * i) & 0xffU);
  return length + text;
}

}  // namespace regimetry
