#include "regimes/fitted_tensors.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "core/expect_error.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

TEST(FittedTensors, ComeBackAsTheyWere) {
  MatrixD doubles(2, 3);
  doubles << 1, 2, 3, 4, 5, 0.1;
  const MatrixF floats = doubles.cast<float>();
  TensorFile file;
  file.tensors = {{"d", tensor_of(doubles)}, {"f", tensor_of(floats)}, {"n", tensor_of(0.25)}};
  EXPECT_EQ(require_matrix_d(file, "d", 3), doubles);
  EXPECT_EQ(require_matrix_d(file, "d", -1), doubles);
  EXPECT_EQ(require_matrix_f(file, "f", 3), floats);
  EXPECT_EQ(require_number(file, "n"), 0.25);
}

TEST(FittedTensors, AreRefusedByName) {
  TensorFile file;
  file.tensors["f"] = tensor_of(MatrixF(MatrixF::Zero(2, 3)));
  file.tensors["line"] = TensorData::from_float64(std::array{1.0, 2.0}, {2});
  file.tensors["none"] = TensorData::from_float64({}, {0, 3});
  file.tensors["nan"] = tensor_of(MatrixD(MatrixD::Constant(1, 1, std::numeric_limits<double>::quiet_NaN())));
  const auto refuse = [&](const char* name, std::int64_t columns) {
    return message_of(ErrorKind::kData, [&] { (void)require_matrix_d(file, name, columns); });
  };
  EXPECT_THAT(refuse("missing", 3), HasSubstr("'missing' is missing"));
  EXPECT_THAT(refuse("f", 3), HasSubstr("'f' is F32"));
  EXPECT_THAT(refuse("line", 3), HasSubstr("F64 with 1 axes"));
  EXPECT_THAT(refuse("none", 3), HasSubstr("0 rows of 3 values"));
  EXPECT_THAT(refuse("nan", 1), HasSubstr("not a finite number"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)require_matrix_f(file, "f", 4); }), HasSubstr("of 4"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)require_number(file, "line"); }),
              HasSubstr("one finite"));
}

}  // namespace
}  // namespace regimetry::regimes
