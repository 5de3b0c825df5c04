// The bytes of the format's own library, for a model that has one of everything.
#include "models/onnx/onnx_model.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace regimetry::models::onnx {
namespace {

// Printed by golden_model.py.
constexpr const char* kGolden =
    "08071209726567696d657472791a05312e322e33320c676f6c64656e206d6f64656c3aba020a350a01780a01770a0162"
    "1201791a0179220447656d6d2a0f0a05616c70686115000000bfa001012a0d0a067472616e73421801a001020a3f0a01"
    "7912017a1a017a220a5265647563654d65616e2a170a046178657340ffffffffffffffffff0140ac02a001072a0f0a08"
    "6b65657064696d731800a001020a170a01641201662204436173742a090a02746f1801a001021206676f6c64656e2a13"
    "0801080210014201774a080000c03f000000c02a0d080110014201624a040000803e2a0f100b4201644a089a99999999"
    "99b93f2a21080310074201694a18ffffffffffffffff0000000000000000000000000001000052116f6e65206f662065"
    "766572797468696e675a1e0a017812130a110801120d0a07120562617463680a0208021a04726f777362140a017a120f"
    "0a0d080112090a071205626174636842040a00100d72060a0161120131720b0a016212067a77c3b66c66";

Model golden_model() {
  using Integers = std::vector<std::int64_t>;
  Model model;
  model.producer_name = "regimetry";
  model.producer_version = "1.2.3";
  model.description = "golden model";
  model.metadata = {{"b", "zwölf"}, {"a", "1"}};
  model.graph.name = "golden";
  model.graph.description = "one of everything";
  model.graph.nodes = {
      {"Gemm", "y", {"x", "w", "b"}, {"y"}, {{"alpha", -0.5F}, {"transB", std::int64_t{1}}}},
      {"ReduceMean", "z", {"y"}, {"z"}, {{"axes", Integers{-1, 300}}, {"keepdims", std::int64_t{0}}}},
      {"Cast", "", {"d"}, {"f"}, {{"to", std::int64_t{1}}}}};
  model.graph.inputs = {{"x", ElementType::kFloat32, {std::string("batch"), std::int64_t{2}}, "rows"}};
  model.graph.outputs = {{"z", ElementType::kFloat32, {std::string("batch")}, ""}};
  model.graph.initialisers = {make_tensor("w", {1, 2}, std::vector<float>{1.5F, -2.0F}),
                              make_tensor("b", {1}, std::vector<float>{0.25F}),
                              make_tensor("d", {}, std::vector<double>{0.1}),
                              make_tensor("i", {3}, Integers{-1, 0, std::int64_t{1} << 40U})};
  return model;
}

TEST(OnnxModel, HasTheBytesOfTheFormatsOwnLibrary) {
  std::string hexadecimal;
  for (const char byte : encode_model(golden_model()))
    hexadecimal += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  EXPECT_EQ(hexadecimal, kGolden);
}

}  // namespace
}  // namespace regimetry::models::onnx
