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
    cases_.push_back(bytes_case(Format::kSafetensors, std::move(name), std::move(description),
                                "x.safetensors", std::move(expectation), std::move(bytes)));
  }
  void add_json(std::string name, const std::string& json, std::size_t data_bytes,
                Expectation expectation = fails()) {
    std::string description = fmt::format("the header {:.60}", json);
    add(std::move(name), std::move(description), safetensors_bytes(json, std::string(data_bytes, '\0')),
        std::move(expectation));
  }
  void add_lazy(std::string name, std::string description, std::function<std::string()> bytes,
                Expectation expectation = fails()) {
    cases_.push_back(lazy_case(Format::kSafetensors, std::move(name), std::move(description), "x.safetensors",
                               std::move(expectation), std::move(bytes)));
  }
  void push(HostileCase hostile) { cases_.push_back(std::move(hostile)); }
  HostileCases take() { return std::move(cases_); }

 private:
  HostileCases cases_;
};

std::string tensor(std::string_view dtype, std::string_view shape, std::string_view offsets) {
  return fmt::format(R"({{"dtype":{},"shape":{},"data_offsets":{}}})", dtype, shape, offsets);
}
std::string one(std::string_view dtype, std::string_view shape, std::string_view offsets) {
  return "{\"w\":" + tensor(dtype, shape, offsets) + "}";
}
std::string two(std::string_view first, std::string_view second) {
  return "{\"a\":" + tensor("\"U8\"", "[4]", first) + ",\"b\":" + tensor("\"U8\"", "[4]", second) + "}";
}

void add_damage(Collection& out) {
  const std::string right = safetensors_bytes(one("\"F32\"", "[3,2]", "[0,24]"), random_bytes(41, 24));
  out.add("right", "a right file", right, loads());
  for (const std::size_t size : {0, 1, 4, 7, 8, 9, 20, 40, 60, 70}) {
    out.add(fmt::format("cut_at_{:02}", size), "cut within the header or the data", right.substr(0, size));
  }
  out.add("data_cut_by_1", "a byte too few", right.substr(0, right.size() - 1));
  out.add("data_too_long", "a byte too many", right + "x");
  const auto with_length = [&](std::uint64_t length) { return little_endian(length, 8) + right.substr(8); };
  const std::uint64_t length = right.size() - 8 - 24;
  out.add("length_0", "a header of 0 bytes", with_length(0));
  out.add("length_1_less", "a header length one too small", with_length(length - 1));
  out.add("length_1_more", "a header length one too large", with_length(length + 1));
  out.add("length_100_mb", "a header of 100 MB", with_length(100'000'000));
  out.add("length_too_large", "a header beyond the limit", with_length(100'000'001));
  out.add("length_2_63", "a header of 2^63 bytes", with_length(std::uint64_t{1} << 63U));
  out.add("length_largest", "a header of 2^64 - 1 bytes", with_length(UINT64_MAX));
  out.add("length_big_endian", "the length in the wrong byte order",
          "\0\0\0\0\0\0\0"s + static_cast<char>(length) + right.substr(8));
  out.add("random", "random bytes", random_bytes(42, 5000));
  out.add("random_json", "a header of random bytes", safetensors_bytes(random_bytes(43, 500), ""));
  out.add("pickle", "a PyTorch file", "PK\3\4\0\0\0\0\0\0\0\0archive/data.pkl"s);
  out.add("bool_of_2", "a BOOL that is 2", safetensors_bytes(one("\"BOOL\"", "[2]", "[0,2]"), "\1\2"));
}

void add_places(Collection& out) {
  out.add_json("overlap", two("[0,4]", "[2,6]"), 6);
  out.add_json("same_place", two("[0,4]", "[0,4]"), 4);
  out.add_json("hole", two("[0,4]", "[5,9]"), 9);
  out.add_json("hole_at_start", two("[1,5]", "[5,9]"), 9);
  out.add_json("hole_at_end", two("[0,4]", "[4,8]"), 9);
  out.add_json("beyond_end", two("[0,4]", "[8,12]"), 8);
  out.add_json(
      "within_the_other",
      "{\"a\":" + tensor("\"U8\"", "[8]", "[0,8]") + ",\"b\":" + tensor("\"U8\"", "[4]", "[2,6]") + "}", 8);
  out.add_json(
      "empty_within_the_other",
      "{\"a\":" + tensor("\"U8\"", "[8]", "[0,8]") + ",\"b\":" + tensor("\"U8\"", "[0]", "[4,4]") + "}", 8);
  out.add_json("offsets_swapped", one("\"U8\"", "[4]", "[4,0]"), 4);
  out.add_json("offsets_largest", one("\"U8\"", "[4]", "[18446744073709551612,18446744073709551615]"), 4);
  out.add_json("offsets_wrap", one("\"U8\"", "[4]", "[18446744073709551614,2]"), 4);
  out.add_json("offsets_negative", one("\"U8\"", "[4]", "[-4,0]"), 4);
  out.add_json("offsets_float", one("\"U8\"", "[4]", "[0.0,4.0]"), 4);
  out.add_json("offsets_text", one("\"U8\"", "[4]", "[\"0\",\"4\"]"), 4);
  out.add_json("offsets_one", one("\"U8\"", "[4]", "[4]"), 4);
  out.add_json("offsets_three", one("\"U8\"", "[4]", "[0,4,4]"), 4);
  out.add_json("offsets_none", one("\"U8\"", "[4]", "[]"), 4);
  out.add_json("offsets_2_64", one("\"U8\"", "[4]", "[0,18446744073709551620]"), 4);
  out.add_json("size_differs", one("\"F32\"", "[4]", "[0,12]"), 12);
  out.add_json("shape_wraps", one("\"U8\"", "[4294967296,4294967296]", "[0,0]"), 0);
  out.add_json("shape_bytes_wrap", one("\"F64\"", "[2305843009213693952]", "[0,0]"), 0);
  out.add_json("shape_2_63", one("\"U8\"", "[9223372036854775808]", "[0,0]"), 0);
  out.add_json("shape_negative", one("\"U8\"", "[-1,-4]", "[0,4]"), 4);
  out.add_json("shape_float", one("\"U8\"", "[4.0]", "[0,4]"), 4);
  out.add_json("shape_null", one("\"U8\"", "[null]", "[0,4]"), 4);
  out.add_json("shape_nested", one("\"U8\"", "[[4]]", "[0,4]"), 4);
  out.add_json("shape_number", one("\"U8\"", "4", "[0,4]"), 4);
  out.add_json("shape_huge", one("\"F32\"", "[1000000000000]", "[0,4000000000000]"), 4);
}

void add_json(Collection& out) {
  const std::string u8 = tensor("\"U8\"", "[1]", "[0,1]");
  out.add_json("type_unknown", one("\"F8_E5M2\"", "[1]", "[0,1]"), 1);
  out.add_json("type_lower_case", one("\"u8\"", "[1]", "[0,1]"), 1);
  out.add_json("type_empty", one("\"\"", "[1]", "[0,1]"), 1);
  out.add_json("type_number", one("8", "[1]", "[0,1]"), 1);
  out.add_json("name_twice", "{\"w\":" + u8 + ",\"w\":" + tensor("\"U8\"", "[1]", "[1,2]") + "}", 2);
  out.add_json("name_twice_escaped",
               "{\"w\":" + u8 + ",\"\\u0077\":" + tensor("\"U8\"", "[1]", "[1,2]") + "}", 2);
  out.add_json("key_twice", R"({"w":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}})", 1);
  out.add_json("key_missing", R"({"w":{"dtype":"U8","shape":[1]}})", 1);
  out.add_json("key_unknown", R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":0}})", 1);
  out.add_json("tensor_is_number", R"({"w":1})", 0);
  out.add_json("tensor_is_null", R"({"w":null})", 0);
  out.add_json("metadata_number", R"({"__metadata__":{"a":1}})", 0);
  out.add_json("metadata_nested", R"({"__metadata__":{"a":{"b":"c"}}})", 0);
  out.add_json("metadata_text", R"({"__metadata__":"x"})", 0);
  out.add_json("metadata_twice", R"({"__metadata__":{},"__metadata__":{}})", 0);
  out.add_json("list", "[]", 0);
  out.add_json("number", "1", 0);
  out.add_json("blank_first", " {}", 0);
  out.add_json("bom_first", "\xef\xbb\xbf{}", 0);
  out.add_json("two_objects", "{}{}", 0);
  out.add_json("nul_after", "{}\0\0\0\0\0\0"s, 0);
  out.add_json("nul_hides_more", "{}\0,\"w\":1}"s, 0);
  out.add_json("comment", "{/* */}", 0);
  out.add_json("comma_at_end", "{\"w\":" + u8 + ",}", 1);
  out.add_json("single_quotes", "{'w':1}", 0);
  out.add_json("not_utf8", "{\"\xff\xfe\":" + u8 + "}", 1);
  out.add_json("half_surrogate", "{\"\\ud800\":" + u8 + "}", 1);
  out.add_json("escape_in_name", "{\"\\u001b[2J\":1}", 0);
  out.add_json("nan", "{\"w\":NaN}", 0);
  out.add_json("deep_lists", "{\"w\":" + repeated("[", 500'000), 0);
  out.add_json("deep_objects", repeated("{\"w\":", 200'000), 0);
  out.add_json("deep_shape", "{\"w\":{\"shape\":" + repeated("[", 500'000), 0);
}

void add_large(Collection& out) {
  out.add_lazy("shape_of_a_million_ones", "a shape of a million axes", [] {
    return safetensors_bytes(one("\"U8\"", "[1" + repeated(",1", 1'000'000) + "]", "[0,1]"), "x");
  });
  out.add_lazy("name_of_20_mb", "a tensor name of 20 MB",
               [] { return safetensors_bytes("{\"" + std::string(20'000'000, 'n') + "\":1}", ""); });
  out.add_lazy(
      "blanks_of_90_mb", "a header of 90 MB of blanks",
      [] { return safetensors_bytes("{}" + std::string(90'000'000, ' '), ""); }, survives());
  out.add_lazy("many_tensors_one_twice", "200,000 empty tensors, the last name twice", [] {
    std::string json = "{";
    for (int i = 0; i < 200'000; ++i) json += fmt::format("\"t{}\":{},", i, tensor("\"U8\"", "[0]", "[0,0]"));
    return safetensors_bytes(json + "\"t199999\":" + tensor("\"U8\"", "[0]", "[0,0]") + "}", "");
  });
  out.push({"sparse", "4 TB of zeros as the header says (a file with holes)", Format::kSafetensors,
            "x.safetensors", fails(), [](const std::filesystem::path& path) {
              const std::string start =
                  safetensors_bytes(one("\"U8\"", "[4000000000000]", "[0,4000000000000]"), "");
              write_bytes(path, start);
              std::filesystem::resize_file(path, start.size() + 4'000'000'000'000);
            }});
  out.push({"folder", "a folder", Format::kSafetensors, "x.safetensors", fails(),
            [](const auto& path) { std::filesystem::create_directory(path); }});
  out.push({"missing", "no file", Format::kSafetensors, "x.safetensors", fails(), [](const auto&) {}});
  out.push({"dev_zero", "a link to /dev/zero", Format::kSafetensors, "x.safetensors", fails(),
            [](const auto& path) { std::filesystem::create_symlink("/dev/zero", path); }});
}

}  // namespace

HostileCases safetensors_cases() {
  Collection out;
  add_damage(out);
  add_places(out);
  add_json(out);
  add_large(out);
  return out.take();
}

}  // namespace regimetry::hostile
