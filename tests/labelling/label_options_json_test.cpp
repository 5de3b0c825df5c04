#include "labelling/label_options_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry::labelling {
namespace {

using testing::HasSubstr;

TEST(LabelOptionsJson, ComeBack) {
  StoredLabelOptions stored;
  stored.seed = 99;
  stored.options.is_scaled = false;
  stored.options.asof = {.initial_stamps = 77, .refit_stamps = 5, .growth = 0.5};
  for (const regimes::RegimeMethod method : regimes::all_methods()) {
    stored.options.regimes.method = method;
    stored.options.regimes.regime_count = 6;
    stored.options.regimes.loss = regimes::JumpLoss::kGaussian;
    stored.options.regimes.assignment = regimes::CoordinateAssignment::kPivotedQr;
    stored.options.regimes.has_student_noise = true;
    const regimes::RegimeOptions back = label_options_of(to_json(stored), "m").options.regimes;
    EXPECT_EQ(back.loss, regimes::JumpLoss::kGaussian);
    EXPECT_EQ(back.assignment, regimes::CoordinateAssignment::kPivotedQr);
    EXPECT_TRUE(back.has_student_noise);
    EXPECT_EQ(back.regime_count, 6);
    EXPECT_EQ(to_json(label_options_of(to_json(stored), "m")), to_json(stored))
        << regimes::method_name(method);
  }
  stored.options.regimes.regime_count.reset();
  stored.options.with_asof = false;
  EXPECT_FALSE(label_options_of(to_json(stored), "m").options.regimes.regime_count);
  EXPECT_FALSE(label_options_of(to_json(stored), "m").options.with_asof);
}

TEST(LabelOptionsJson, AreRefusedWhenDamaged) {
  nlohmann::json json = to_json(StoredLabelOptions{});
  json["method"] = "magic";
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)label_options_of(json, "m.json"); }),
              HasSubstr("m.json: settings: method is no method of this version"));
  json = to_json(StoredLabelOptions{});
  json["starts"] = 0;
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)label_options_of(json, "m.json"); }),
              HasSubstr("starts is 0"));
}

}  // namespace
}  // namespace regimetry::labelling
