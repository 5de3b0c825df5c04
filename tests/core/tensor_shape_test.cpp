#include "core/tensor_shape.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace regimetry {
namespace {

using Shape = std::vector<std::int64_t>;
constexpr std::int64_t kLargest = INT64_MAX;

TEST(TensorShape, CountsElements) {
  EXPECT_EQ(element_count_of(Shape{}), 1);
  EXPECT_EQ(element_count_of(Shape{7}), 7);
  EXPECT_EQ(element_count_of(Shape{2, 3, 4}), 24);
  EXPECT_EQ(element_count_of(Shape{kLargest}), kLargest);
  EXPECT_EQ(element_count_of(Shape{kLargest, 1}), kLargest);
}

TEST(TensorShape, HasNoCountWhereTheProductWouldWrapRound) {
  EXPECT_EQ(element_count_of(Shape{kLargest, 2}), std::nullopt);
  EXPECT_EQ(element_count_of(Shape{std::int64_t{1} << 32, std::int64_t{1} << 32}), std::nullopt);
  EXPECT_EQ(element_count_of(Shape{-1}), std::nullopt);
  EXPECT_EQ(element_count_of(Shape{-1, 0}), std::nullopt);
}

TEST(TensorShape, IsEmptyAsSoonAsOneExtentIsZero) {
  EXPECT_EQ(element_count_of(Shape{0}), 0);
  EXPECT_EQ(element_count_of(Shape{kLargest, kLargest, 0}), 0) << "whatever the order";
}

TEST(TensorShape, CountsBytesWithoutWrappingRound) {
  EXPECT_EQ(byte_count_of(Shape{2, 3}, 8), 48);
  EXPECT_EQ(byte_count_of(Shape{kLargest}, 1), kLargest);
  EXPECT_EQ(byte_count_of(Shape{kLargest / 4}, 8), std::nullopt);
  EXPECT_EQ(byte_count_of(Shape{kLargest, kLargest}, 1), std::nullopt);
}

TEST(TensorShape, IsWrittenAsPythonDoes) {
  EXPECT_EQ(shape_text(Shape{}), "()");
  EXPECT_EQ(shape_text(Shape{3}), "(3,)");
  EXPECT_EQ(shape_text(Shape{10, 3}), "(10, 3)");
}

TEST(TensorShape, FindsThePlaceOfAFlatIndex) {
  EXPECT_EQ(index_text(0, Shape{}), "[]");
  EXPECT_EQ(index_text(4, Shape{5}), "[4]");
  EXPECT_EQ(index_text(17, Shape{2, 3, 4}), "[1, 1, 1]");  // 1*12 + 1*4 + 1
}

}  // namespace
}  // namespace regimetry
