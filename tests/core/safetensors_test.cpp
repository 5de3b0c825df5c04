#include "core/safetensors.hpp"

#include <bit>
#include <cmath>

#include "core/expect_error.hpp"
#include "core/file_bytes.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TensorFile one_tensor(std::string_view type, std::string_view data,
                      const SafetensorsReadOptions& options = {}) {
  const std::size_t width = type == "F64" ? 8 : type == "F32" || type == "I32" ? 4 : type == "BOOL" ? 1 : 2;
  const std::string json = R"({"w":{"dtype":")" + std::string(type) + R"(","shape":[)" +
                           std::to_string(data.size() / width) + R"(],"data_offsets":[0,)" +
                           std::to_string(data.size()) + "]}}";
  return parse_safetensors(safetensors_bytes(json, data), "m.safetensors", options);
}

TEST(Safetensors, ReadsTensorsAndMetadata) {
  const TemporaryFolder folder;
  const std::string json =
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"I32","shape":[1],"data_offsets":[8,12]},)"
      R"("a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})";
  const std::string bytes =
      safetensors_bytes(json, bytes_of<float>({1.5F, -2}) + bytes_of<std::int32_t>({7}));
  const auto path = folder.write("m.safetensors", bytes);
  for (const TensorFile& file : {read_safetensors(path), parse_safetensors(bytes, "m")}) {
    EXPECT_THAT(file.metadata, ElementsAre(testing::Pair("format", "pt")));
    ASSERT_EQ(file.tensors.size(), 2U);
    EXPECT_THAT(file.tensors.at("a").as_float32(), ElementsAre(1.5F, -2));
    EXPECT_THAT(file.tensors.at("a").shape, ElementsAre(2, 1));
    EXPECT_EQ(file.tensors.at("b").element_count(), 1);
    EXPECT_EQ(file.tensors.at("b").data[0], std::byte{7});
  }
}

// Written by hand from the format's definition: length, JSON padded with blanks to 8 bytes, data.
TEST(Safetensors, WritesTheBytesOfTheDefinition) {
  const TemporaryFolder folder;
  TensorFile file;
  const std::vector<float> weights{1, 2.5F};
  const std::vector<std::int64_t> steps{3};
  file.tensors["w"] = TensorData::from_float32(weights, {1, 2});
  file.tensors["steps"] = TensorData::from_int64(steps, {});
  file.metadata["format"] = "regimetry";
  write_safetensors(folder / "m.safetensors", file);
  std::string json =
      R"({"__metadata__":{"format":"regimetry"},"steps":{"data_offsets":[0,8],"dtype":"I64","shape":[]},)"
      R"("w":{"data_offsets":[8,16],"dtype":"F32","shape":[1,2]}})";
  json.append((8 - json.size() % 8) % 8, ' ');
  EXPECT_EQ(TemporaryFolder::read(folder / "m.safetensors"),
            safetensors_bytes(json, std::string("\x03\0\0\0\0\0\0\0\0\0\x80\x3f\0\0\x20\x40", 16)));
}

TEST(Safetensors, KeepsEveryTensorAlignedWhateverItsName) {
  const TemporaryFolder folder;
  TensorFile file;
  file.tensors["a_flags"] = {TensorType::kBool, {3}, std::vector<std::byte>(3, std::byte{1})};
  file.tensors["b_half"] = {TensorType::kFloat16, {1}, std::vector<std::byte>(2)};
  file.tensors["c_double"] = {TensorType::kFloat64, {1}, std::vector<std::byte>(8, std::byte{2})};
  write_safetensors(folder / "m", file);
  EXPECT_THAT(TemporaryFolder::read(folder / "m"),
              testing::AllOf(HasSubstr(R"("c_double":{"data_offsets":[0,8])"),
                             HasSubstr(R"("b_half":{"data_offsets":[8,10])"),
                             HasSubstr(R"("a_flags":{"data_offsets":[10,13])")));
  const TensorFile read = read_safetensors(folder / "m");
  EXPECT_EQ(read.tensors.at("a_flags").data, file.tensors.at("a_flags").data);
  EXPECT_EQ(read.tensors.at("c_double").data, file.tensors.at("c_double").data);
}

TEST(Safetensors, ReadsBackWhatItWrites) {
  const TemporaryFolder folder;
  TensorFile file;
  const std::vector<double> doubles{0.1, std::nan(""), -INFINITY, 5e-324};
  file.tensors["\xc3\xbc \"quoted\" \\ \n"] = TensorData::from_float64(doubles, {2, 2});
  file.tensors[""] = TensorData::from_float32({}, {0, 3});
  file.metadata["k\n"] = "v\t\xe2\x82\xac";
  write_safetensors(folder / "m", file);
  const std::string first = TemporaryFolder::read(folder / "m");
  const TensorFile read = read_safetensors(folder / "m");
  EXPECT_EQ(read.metadata, file.metadata);
  ASSERT_EQ(read.tensors.size(), 2U);
  for (const auto& [name, tensor] : file.tensors) {
    EXPECT_EQ(read.tensors.at(name).type, tensor.type);
    EXPECT_EQ(read.tensors.at(name).shape, tensor.shape);
    EXPECT_EQ(read.tensors.at(name).data, tensor.data);
  }
  write_safetensors(folder / "m", read);
  EXPECT_EQ(TemporaryFolder::read(folder / "m"), first) << "the same content is the same bytes";
}

TEST(Safetensors, RefusesToWriteWhatCouldNotBeReadBack) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& name, TensorData tensor) {
    TensorFile file;
    file.tensors[name] = std::move(tensor);
    return message_of(ErrorKind::kInternal, [&] { write_safetensors(folder / "m", file); });
  };
  EXPECT_THAT(refusal("w", {TensorType::kFloat32, {2}, std::vector<std::byte>(7)}), HasSubstr("7 bytes"));
  EXPECT_THAT(refusal("\xff", {TensorType::kFloat32, {0}, {}}), HasSubstr("UTF-8"));
  EXPECT_THAT(refusal("__metadata__", {TensorType::kFloat32, {0}, {}}), HasSubstr("__metadata__"));
  const std::vector<float> three(3);
  EXPECT_THAT(message_of(ErrorKind::kInternal,
                         [&] {
                           std::ignore = TensorData::from_float32(three, {2, 2});
                         }),
              HasSubstr("12 bytes"));
  EXPECT_EQ(folder.file_count(), 0);
}

TEST(Safetensors, WidensSixteenBitFloats) {
  EXPECT_THAT(
      one_tensor("F16", bytes_of<std::uint16_t>({0x3c00, 0xc000, 0x0001})).tensors.at("w").as_float32(),
      ElementsAre(1.0F, -2.0F, 0x1p-24F));
  EXPECT_THAT(one_tensor("BF16", bytes_of<std::uint16_t>({0x3f80, 0x4049})).tensors.at("w").as_float32(),
              ElementsAre(1.0F, 3.140625F));
  EXPECT_THAT(one_tensor("F64", bytes_of<double>({0.1, 2})).tensors.at("w").as_float32(),
              ElementsAre(0.1F, 2.0F));
}

TEST(Safetensors, KeepsTheBitsOfFloats) {
  const std::vector<float> values =
      one_tensor("F32", bytes_of<std::uint32_t>({0x7fa02001U, 0x80000000U, 1U})).tensors.at("w").as_float32();
  EXPECT_EQ(std::bit_cast<std::uint32_t>(values[0]), 0x7fa02001U) << "a signalling NaN";
  EXPECT_EQ(std::bit_cast<std::uint32_t>(values[1]), 0x80000000U);
  EXPECT_EQ(std::bit_cast<std::uint32_t>(values[2]), 1U);
}

TEST(Safetensors, DoesNotPassIntegersOrHugeDoublesForFloats) {
  const TensorFile whole = one_tensor("I32", bytes_of<std::int32_t>({1}));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = whole.tensors.at("w").as_float32(); }),
              HasSubstr("I32"));
  const TensorFile huge = one_tensor("F64", bytes_of<double>({0, 1e300}));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = huge.tensors.at("w").as_float32(); }),
              HasSubstr("element [1] of an F64 tensor is 1e+300"));
}

TEST(Safetensors, RefusesValuesThatAreNotFiniteOnRequest) {
  const SafetensorsReadOptions finite{.require_finite = true};
  const std::vector<std::pair<std::string, std::string>> bad{{"F64", bytes_of<double>({0, NAN})},
                                                             {"F32", bytes_of<float>({0, INFINITY})},
                                                             {"F16", bytes_of<std::uint16_t>({0, 0xfc00})},
                                                             {"BF16", bytes_of<std::uint16_t>({0, 0x7fc0})}};
  for (const auto& [type, data] : bad) {
    EXPECT_EQ(one_tensor(type, data).tensors.size(), 1U);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = one_tensor(type, data, finite); }),
                HasSubstr("m.safetensors: element [1] of tensor 'w' is"))
        << type;
  }
  EXPECT_EQ(one_tensor("F64", bytes_of<double>({1e300}), finite).tensors.size(), 1U)
      << "finite, though no float";
  EXPECT_EQ(one_tensor("I32", bytes_of<std::int32_t>({0x7fc00000}), finite).tensors.size(), 1U);
}

TEST(Safetensors, RefusesBoolsThatAreNeitherTrueNorFalse) {
  EXPECT_EQ(one_tensor("BOOL", std::string("\0\x01", 2)).tensors.size(), 1U);
  EXPECT_THAT(
      message_of(ErrorKind::kData, [] { std::ignore = one_tensor("BOOL", std::string("\0\x02", 2)); }),
      HasSubstr("element [1] of the BOOL tensor 'w' is the byte 2"));
}

TEST(Safetensors, EveryTruncationIsRefused) {
  const TemporaryFolder folder;
  TensorFile file;
  const std::vector<float> values{1, 2, 3};
  file.tensors["w"] = TensorData::from_float32(values, {3});
  write_safetensors(folder / "m", file);
  const std::string bytes = TemporaryFolder::read(folder / "m");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW(std::ignore = parse_safetensors(std::string_view(bytes).substr(0, size), "m"), Error)
        << size;
  }
}

}  // namespace
}  // namespace regimetry
