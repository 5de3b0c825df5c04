// Against the examples of the format's own description (protobuf.dev, "Encoding").
#include "models/onnx/protobuf_writer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace regimetry::models::onnx {
namespace {

using namespace std::string_literals;

TEST(ProtobufWriter, WritesIntegersSevenBitsAtATime) {
  ProtobufWriter writer;
  writer.add_integer(1, 150);
  EXPECT_EQ(writer.bytes(), "\x08\x96\x01");
  ProtobufWriter edges;
  edges.add_integer(2, 0);
  edges.add_integer(2, 127);
  edges.add_integer(2, 128);
  EXPECT_EQ(edges.bytes(), "\x10\x00\x10\x7f\x10\x80\x01"s);
}

TEST(ProtobufWriter, WritesNegativeIntegersInTenBytes) {
  ProtobufWriter writer;
  writer.add_integer(1, -2);
  EXPECT_EQ(writer.bytes(), "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  ProtobufWriter least;
  least.add_integer(1, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(least.bytes(), "\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01");
}

TEST(ProtobufWriter, WritesBytesAndMessagesWithTheirLength) {
  ProtobufWriter text;
  text.add_bytes(2, "testing");
  EXPECT_EQ(text.bytes(), "\x12\x07testing");
  ProtobufWriter inner, outer;
  inner.add_integer(1, 150);
  outer.add_message(3, inner);
  EXPECT_EQ(outer.bytes(), "\x1a\x03\x08\x96\x01");
  ProtobufWriter empty;
  empty.add_message(1, ProtobufWriter());
  EXPECT_EQ(empty.bytes(), "\x0a\x00"s);
}

TEST(ProtobufWriter, WritesLargeFieldNumbersInTwoBytes) {
  ProtobufWriter writer;
  writer.add_integer(20, 1);
  EXPECT_EQ(writer.bytes(), "\xa0\x01\x01");
}

TEST(ProtobufWriter, WritesFloatsLittleEndian) {
  ProtobufWriter writer;
  writer.add_float(2, -0.5F);
  EXPECT_EQ(writer.bytes(), "\x15\x00\x00\x00\xbf"s);
}

}  // namespace
}  // namespace regimetry::models::onnx
