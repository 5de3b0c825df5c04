#include "models/onnx/graph_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry::models::onnx {
namespace {

using testing::HasSubstr;

TEST(GraphBuilder, NamesNodesAndTheirOutputsAlike) {
  GraphBuilder builder("g");
  const std::string x = builder.add_input({"x", ElementType::kFloat32, {std::int64_t{2}}, ""});
  const std::string y = builder.add_node("Relu", "y", {x});
  builder.add_output({y, ElementType::kFloat32, {std::int64_t{2}}, ""});
  const Graph& graph = builder.graph();
  EXPECT_EQ(graph.name, "g");
  ASSERT_EQ(graph.nodes.size(), 1U);
  EXPECT_EQ(graph.nodes[0].name, "y");
  EXPECT_EQ(graph.nodes[0].outputs, std::vector<std::string>{"y"});
  EXPECT_EQ(graph.nodes[0].inputs, std::vector<std::string>{"x"});
  EXPECT_EQ(graph.outputs[0].name, "y");
}

TEST(GraphBuilder, MakesConstantsOfEveryRank) {
  GraphBuilder builder("g");
  builder.add_scalar("s", 2.0);
  builder.add_vector("v", std::vector<std::int64_t>{1, 2, 3});
  builder.add_constant("m", {2, 1}, std::vector<float>{1, 2});
  const auto& tensors = builder.graph().initialisers;
  EXPECT_EQ(tensors[0].shape.size(), 0U);
  EXPECT_EQ(tensors[0].data.size(), 8U);
  EXPECT_EQ(tensors[1].shape, std::vector<std::int64_t>{3});
  EXPECT_EQ(tensors[1].data.size(), 24U);
  EXPECT_EQ(tensors[2].shape, (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(tensors[2].data.size(), 8U);
}

TEST(GraphBuilder, RefusesANameThatIsTaken) {
  GraphBuilder builder("g");
  builder.add_scalar("x", 1.0F);
  EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { builder.add_node("Relu", "x", {"x"}); }),
              HasSubstr("'x'"));
}

}  // namespace
}  // namespace regimetry::models::onnx
