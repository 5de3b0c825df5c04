#include <fmt/format.h>

#include <utility>

#include "core/file_bytes.hpp"
#include "hostile/hostile_files.hpp"

namespace regimetry::hostile {
namespace {

using namespace std::string_literals;

class Collection {
 public:
  void add(std::string name, std::string description, std::string bytes, Expectation expectation = fails()) {
    cases_.push_back(bytes_case(Format::kNpy, std::move(name), std::move(description), "x.npy",
                                std::move(expectation), std::move(bytes)));
  }
  // A file with the given header text and so many zero bytes of data.
  void add_header(std::string name, const std::string& header, std::size_t data_bytes,
                  Expectation expectation = fails()) {
    std::string description = fmt::format("the header {:.60}", header);
    add(std::move(name), std::move(description), npy_bytes(header + "\n", std::string(data_bytes, '\0')),
        std::move(expectation));
  }
  void push(HostileCase hostile) { cases_.push_back(std::move(hostile)); }
  HostileCases take() { return std::move(cases_); }

 private:
  HostileCases cases_;
};

std::string header(std::string_view descr, std::string_view shape, std::string_view order = "False") {
  return fmt::format("{{'descr': {}, 'fortran_order': {}, 'shape': {}, }}", descr, order, shape);
}

const std::string& right_file() {
  static const std::string bytes = npy_bytes(header("'<f4'", "(10, 3)") + "\n", random_bytes(31, 120));
  return bytes;
}

void add_damage(Collection& out) {
  const std::string& right = right_file();
  out.add("right", "a right file", right, loads());
  for (const std::size_t size : {0, 1, 5, 6, 7, 8, 9, 10, 11, 30, 60, 71}) {
    out.add(fmt::format("cut_at_{:02}", size), "cut within or right after the header", right.substr(0, size));
  }
  for (const std::size_t missing : {1, 4, 24, 119}) {
    out.add(fmt::format("data_cut_by_{}", missing), "cut within the data",
            right.substr(0, right.size() - missing));
  }
  out.add("data_too_long", "a byte too many", right + "x");
  out.add("two_arrays", "two arrays one after the other", right + right);
  for (std::size_t at = 0; at < 8; ++at) {
    std::string bytes = right;
    bytes[at] ^= '\x20';
    out.add(fmt::format("magic_byte_{}", at), "a changed byte of magic or version", bytes);
  }
  const auto with_length = [&](std::string_view length) { return std::string(right).replace(8, 2, length); };
  out.add("header_length_0", "a header of 0 bytes", with_length("\0\0"s));
  out.add("header_length_1_less", "a header length one too small", with_length(little_endian(60, 2)));
  out.add("header_length_1_more", "a header length one too large", with_length(little_endian(62, 2)));
  out.add("header_length_largest", "a header of 65535 bytes", with_length("\xff\xff"));
  out.add("header_4_gb", "version 2.0 with a header of 4 GB",
          "\x93NUMPY\2\0\xff\xff\xff\xff"s + right.substr(10));
  out.add("version_3", "version 3.0", "\x93NUMPY\3\0"s + little_endian(61, 4) + right.substr(10));
  out.add("version_2_length_16_bits", "version 2.0 with the length field of 1.0",
          std::string(right).replace(6, 1, "\2"));
  out.add("random", "random bytes", random_bytes(32, 5000));
  out.add("random_after_magic", "random bytes after the magic", "\x93NUMPY\1\0"s + random_bytes(33, 5000));
  out.add("random_header", "a header of random bytes",
          npy_bytes(random_bytes(34, 118), std::string(120, '\0')));
  out.add("npz", "an .npz archive", "PK\3\4"s + random_bytes(35, 500));
  out.add("pickle", "a pickle that would run a program",
          "\x80\4\x95\x1d\0\0\0\0\0\0\0\x8c\5posix\x94\x8c\6system\x94\x93\x94\x8c\4true\x94\x85\x94R\x94."s);
  out.add("text", "a table of text", "1.0,2.0\n3.0,4.0\n");
  out.add("bool_of_2", "a bool that is 2", npy_bytes(header("'|b1'", "(2,)") + "\n", "\1\2"));
}

void add_headers(Collection& out) {
  const std::vector<std::pair<const char*, const char*>> shapes{
      {"shape_number", "3"},
      {"shape_in_brackets", "(3)"},
      {"shape_list", "[3]"},
      {"shape_negative", "(-3,)"},
      {"shape_float", "(3.0,)"},
      {"shape_exponent", "(3e0,)"},
      {"shape_hex", "(0x3,)"},
      {"shape_octal", "(03,)"},
      {"shape_none", "None"},
      {"shape_text", "('3',)"},
      {"shape_nested", "((3,),)"},
      {"shape_product", "(3*1,)"},
      {"shape_call", "(len('abc'),)"},
      {"shape_open", "(3,"},
      {"shape_two_commas", "(3,,)"},
      {"shape_blank_within", "(1 2,)"},
      {"shape_true", "(True,)"},
      {"shape_2_63", "(9223372036854775808,)"},
      {"shape_2_64_plus_3", "(18446744073709551619,)"},
      {"shape_wraps", "(4294967296, 4294967296)"},
      {"shape_wraps_to_3", "(6148914691236517205, 3)"},
      {"shape_bytes_wrap", "(4611686018427387907,)"},
      {"shape_huge", "(1000000000000,)"},
      {"shape_nine_axes", "(1, 1, 1, 1, 1, 1, 1, 1, 3)"},
      {"shape_wraps_then_0", "(99999999999, 99999999999, 3)"}};
  for (const auto& [name, shape] : shapes) out.add_header(name, header("'<f4'", shape), 12);
  const std::vector<std::pair<const char*, const char*>> types{{"type_object", "'|O'"},
                                                               {"type_object_8", "'O8'"},
                                                               {"type_big_endian", "'>f4'"},
                                                               {"type_native", "'=f4'"},
                                                               {"type_complex", "'<c8'"},
                                                               {"type_text", "'<U1'"},
                                                               {"type_bytes", "'|S4'"},
                                                               {"type_void", "'|V4'"},
                                                               {"type_date", "'<M8[ns]'"},
                                                               {"type_half", "'<f2'"},
                                                               {"type_long_double", "'<f16'"},
                                                               {"type_empty", "''"},
                                                               {"type_word", "'float32'"},
                                                               {"type_huge", "'<f99999999999999999999'"},
                                                               {"type_zero", "'<f0'"},
                                                               {"type_negative", "'<f-4'"},
                                                               {"type_none", "None"},
                                                               {"type_fields", "[('a', '<f4')]"},
                                                               {"type_call", "__import__('os').getcwd()"},
                                                               {"type_escape", "'\\x3cf4'"},
                                                               {"type_prefix", "b'<f4'"}};
  for (const auto& [name, descr] : types) out.add_header(name, header(descr, "(3,)"), 12);
  out.add_header("order_fortran", header("'<f4'", "(1, 3)", "True"), 12);
  out.add_header("order_number", header("'<f4'", "(3,)", "0"), 12);
  out.add_header("order_text", header("'<f4'", "(3,)", "'False'"), 12);
  out.add_header("key_missing", "{'descr': '<f4', 'shape': (3,), }", 12);
  out.add_header("key_twice", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (3,), }", 12);
  out.add_header("key_unknown", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'x': 1, }", 12);
  out.add_header("not_a_dictionary", "('<f4', False, (3,))", 12);
  out.add_header("json_instead", R"({"descr": "<f4", "fortran_order": false, "shape": [3]})", 12);
  out.add_header("code_after", header("'<f4'", "(3,)") + "; import os", 12);
  out.add_header("comment_after", header("'<f4'", "(3,)") + " # a comment", 12);
  out.add_header("nul_within", header("'<f4'", "(3,)") + "\0"s, 12);
  out.add_header("deep", repeated("(", 60'000), 12);
  out.add_header("long_name", "{'" + std::string(60'000, 'd') + "': 1}", 12);
  out.add_header("escape_in_key", "{'\x1b[2J': 1}", 12);
}

void add_large(Collection& out) {
  out.push({"sparse", "4 TB of zeros as the header says (a file with holes)", Format::kNpy, "x.npy", fails(),
            [](const std::filesystem::path& path) {
              const std::string start = npy_bytes(header("'|u1'", "(4000000000000,)") + "\n", "");
              write_bytes(path, start);
              std::filesystem::resize_file(path, start.size() + 4'000'000'000'000);
            }});
  out.push({"folder", "a folder called x.npy", Format::kNpy, "x.npy", fails(),
            [](const auto& path) { std::filesystem::create_directory(path); }});
  out.push({"missing", "no file", Format::kNpy, "x.npy", fails(), [](const auto&) {}});
  out.push({"dev_zero", "a link to /dev/zero", Format::kNpy, "x.npy", fails(),
            [](const auto& path) { std::filesystem::create_symlink("/dev/zero", path); }});
}

}  // namespace

HostileCases npy_cases() {
  Collection out;
  add_damage(out);
  add_headers(out);
  add_large(out);
  return out.take();
}

}  // namespace regimetry::hostile
