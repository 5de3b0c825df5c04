#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "hostile/hostile_files.hpp"
#include "hostile/hostile_table.hpp"

namespace regimetry::hostile {
namespace {

using namespace std::string_literals;
using Cells = std::vector<std::string>;

struct Value {
  const char* name;
  std::string cell;
};

void add_dates(HostileCases& cases) {
  const std::vector<Value> wrong{{"date_empty", ""},
                                 {"date_null", "null"},
                                 {"date_word", "yesterday"},
                                 {"date_year_0", "0000-01-09"},
                                 {"date_year_1", "0001-01-09"},
                                 {"date_year_1500", "1500-01-09"},
                                 {"date_year_9999", "9999-12-31"},
                                 {"date_year_10000", "10000-01-09"},
                                 {"date_year_negative", "-2024-01-09"},
                                 {"date_year_too_large", "99999999999999999999-01-09"},
                                 {"date_before_range", "1677-01-09"},
                                 {"date_after_range", "2263-01-09"},
                                 {"date_feb_30", "2024-02-30"},
                                 {"date_feb_29", "2023-02-29"},
                                 {"date_april_31", "2024-04-31"},
                                 {"date_month_0", "2024-00-09"},
                                 {"date_month_13", "2024-13-09"},
                                 {"date_day_0", "2024-01-00"},
                                 {"date_day_32", "2024-01-32"},
                                 {"date_hour_25", "2024-01-09 25:00:00"},
                                 {"date_minute_60", "2024-01-09 12:60:00"},
                                 {"date_second_61", "2024-01-09 12:00:61"},
                                 {"date_garbage_after", "2024-01-09x"},
                                 {"date_garbage_before", "x2024-01-09"},
                                 {"date_two_in_one", "2024-01-09 2024-01-10"},
                                 {"date_time_only", "09:30"},
                                 {"date_zone_unknown", "2024-01-09T00:00:00 XYZ"},
                                 {"date_zone_absurd", "2024-01-09T00:00:00+99:00"},
                                 {"date_only_year", "2024"},
                                 {"date_excel_serial", "45300"},
                                 {"date_number", "1e9"},
                                 {"date_nan", "NaN"},
                                 {"date_negative_day", "2024-01--9"},
                                 {"date_letters_for_digits", "2O24-O1-O9"},
                                 {"date_month_name_unknown", "9-Foo-2024"}};
  for (const Value& value : wrong) {
    cases.push_back(csv_case(value.name, fmt::format("the date '{}' in one row", value.cell), fails(),
                             table_with_cell(kDate, value.cell)));
  }
  const auto all_dates = [&](std::string name, std::string description, Expectation expectation,
                             const std::function<std::string(int)>& date) {
    cases.push_back(csv_case(std::move(name), std::move(description), std::move(expectation),
                             changed_table([&](int i, Cells& c) { c[0] = date(i); })));
  };
  all_dates("dates_excel_serial", "Excel's day numbers, which are no epoch", fails(),
            [](int i) { return fmt::format("{}", 45'293 + i); });
  all_dates("dates_small_integers", "row numbers in place of dates", fails(),
            [](int i) { return fmt::format("{}", i); });
  all_dates("dates_beyond_int64", "epochs past 2^63", fails(),
            [](int i) { return fmt::format("92233720368547758{:02}", 10 + i); });
  all_dates("dates_beyond_uint64", "epochs of 30 digits", fails(),
            [](int i) { return fmt::format("{}", 10 + i) + std::string(28, '0'); });
  all_dates("dates_negative_epoch", "epoch seconds before 1970, as large as today's", fails_or([] {
              ExpectedBars bars = plain_bars();
              for (int i = 0; i < kPlainBarCount; ++i)
                bars[static_cast<std::size_t>(i)].stamp = (-1'704'153'600 + 86'400 * i) * kNsPerSecond;
              return bars;
            }()),
            [](int i) { return fmt::format("{}", -1'704'153'600 + 86'400 * i); });
  all_dates("dates_epoch_fraction", "epoch seconds with a fraction", fails_or([] {
              ExpectedBars bars = plain_bars();
              for (ExpectedBar& bar : bars) bar.stamp += kNsPerSecond / 2;
              return bars;
            }()),
            [](int i) { return fmt::format("{}.5", 1'704'153'600 + 86'400 * i); });
  all_dates("dates_epoch_scientific", "epoch seconds as 1.7041536e9", fails_or(plain_bars()),
            [](int i) { return fmt::format("{}e3", (1'704'153'600 + 86'400 * i) / 1e3); });
  all_dates("dates_far_future", "the year 2200, which can be written but has not been traded", fails_or([] {
              ExpectedBars bars = plain_bars();
              // 2200-01-02T00:00:00Z: 64,283 days after 2024-01-02 (176 years with 43 leap days: 2100 has
              // none).
              for (ExpectedBar& bar : bars) bar.stamp += 64'283 * kNsPerDay;
              return bars;
            }()),
            [](int i) { return fmt::format("2200-01-{:02}", 2 + i); });
  all_dates("dates_year_0", "the year 0 throughout", fails(),
            [](int i) { return fmt::format("0000-01-{:02}", 2 + i); });
  all_dates("dates_year_9999", "the year 9999 throughout", fails(),
            [](int i) { return fmt::format("9999-01-{:02}", 2 + i); });
  all_dates("dates_feb_30", "30 February throughout", fails(), [](int) { return "2024-02-30"s; });
}

void add_prices(HostileCases& cases) {
  // What cannot be a price, at the close of one row. Whoever reads on must not invent one.
  const std::vector<Value> wrong{{"price_empty", ""},
                                 {"price_blank", "   "},
                                 {"price_word", "abc"},
                                 {"price_nan", "NaN"},
                                 {"price_null", "null"},
                                 {"price_na", "#N/A"},
                                 {"price_dash", "-"},
                                 {"price_dot", "."},
                                 {"price_inf", "inf"},
                                 {"price_minus_inf", "-Infinity"},
                                 {"price_zero", "0"},
                                 {"price_minus_zero", "-0.0"},
                                 {"price_negative", "-108.25"},
                                 {"price_in_brackets", "(108.25)"},
                                 {"price_letters_within", "10a8.25"},
                                 {"price_letter_o", "1O8.25"},
                                 {"price_two_points", "1.08.25"},
                                 {"price_two_signs", "--108.25"},
                                 {"price_sign_after", "108.25-"},
                                 {"price_exponent_only", "1e"},
                                 {"price_exponent_cut", "1e+"},
                                 {"price_1e400", "1e400"},
                                 {"price_minus_1e400", "-1e400"},
                                 {"price_1e_minus_400", "1e-400"},
                                 {"price_1e_huge", "1e99999999999999999999"},
                                 {"price_blank_within", "108 25"},
                                 {"price_underscore", "1_08.25"},
                                 {"price_hex_float", "0x1.b1p6"},
                                 {"price_hex", "0x6C"},
                                 {"price_float_suffix", "108.25f"},
                                 {"price_fraction", "108 1/4"},
                                 {"price_formula", "=100+8.25"},
                                 {"price_excel_error", "#REF!"},
                                 {"price_true", "TRUE"},
                                 {"price_date", "2024-01-09"},
                                 {"price_time", "10:08"},
                                 {"price_range", "108.25-109.25"},
                                 {"price_two", "108.25 109.25"},
                                 {"price_question", "?"},
                                 {"price_above_high", "109.50"},
                                 {"price_below_low", "105.75"},
                                 {"price_absurd", "340282366920938463463374607431768211456"}};
  for (const Value& value : wrong) {
    cases.push_back(csv_case(value.name, fmt::format("'{}' as one close", value.cell), fails(),
                             table_with_cell(kClose, value.cell)));
  }
  // What means 108.25 to a person; a reader may refuse it or read exactly that.
  const std::vector<Value> unusual{{"price_plus", "+108.25"},
                                   {"price_exponent", "1.0825e2"},
                                   {"price_exponent_upper", "10825E-2"},
                                   {"price_zeros_before", "000108.25"},
                                   {"price_zeros_after", "108.25" + std::string(5000, '0')},
                                   {"price_dollar", "$108.25"},
                                   {"price_currency_after", "108.25 USD"},
                                   {"price_percent", "108.25%"},
                                   {"price_tab_before", "\t108.25"},
                                   {"price_no_break_space",
                                    "\xc2\xa0"
                                    "108.25"}};
  for (const Value& value : unusual) {
    cases.push_back(csv_case(value.name, fmt::format("'{:.20}' as one close", value.cell),
                             fails_or(plain_bars()), table_with_cell(kClose, value.cell)));
  }
  cases.push_back(csv_case("price_of_10000_digits", "108.25 followed by digits that no double can hold",
                           fails_or(plain_bars()),
                           table_with_cell(kClose, "108.25" + std::string(9'990, '0') + "1")));
  cases.push_back(
      csv_case("high_below_low", "high and low changed places in one row", fails(),
               replaced(plain_table(), "107.25,109.25,106.25,108.25", "107.25,106.25,109.25,108.25")));
  cases.push_back(csv_case("all_zero_row", "a row of zeros", fails(),
                           replaced(plain_table(), joined(plain_cells(7)), "2024-01-09,0,0,0,0,0")));
  cases.push_back(
      csv_case("all_prices_words", "words in every price", fails(), changed_table([](int, Cells& c) {
                 for (std::size_t k = 1; k < 5; ++k) c[k] = "n/a";
               })));
  cases.push_back(
      csv_case("all_prices_negative", "every price negative", fails(), changed_table([](int, Cells& c) {
                 for (std::size_t k = 1; k < 5; ++k) c[k].insert(0, "-");
               })));
  cases.push_back(csv_case("all_closes_empty", "no close in any row", fails(),
                           changed_table([](int, Cells& c) { c[kClose].clear(); })));
  cases.push_back(csv_case("price_denormal", "all prices are the smallest double", fails_or([] {
                             ExpectedBars bars = plain_bars();
                             for (ExpectedBar& b : bars) b.open = b.high = b.low = b.close = 5e-324;
                             return bars;
                           }()),
                           changed_table([](int, Cells& c) {
                             for (std::size_t k = 1; k < 5; ++k) c[k] = "5e-324";
                           })));
  cases.push_back(csv_case("price_largest", "all prices are the largest double", fails_or([] {
                             ExpectedBars bars = plain_bars();
                             for (ExpectedBar& b : bars)
                               b.open = b.high = b.low = b.close = 1.7976931348623157e308;
                             return bars;
                           }()),
                           changed_table([](int, Cells& c) {
                             for (std::size_t k = 1; k < 5; ++k) c[k] = "1.7976931348623157e308";
                           })));
}

void add_volumes(HostileCases& cases) {
  for (const Value& value : std::vector<Value>{{"volume_negative", "-1070"},
                                               {"volume_word", "many"},
                                               {"volume_two_points", "1.0.70"},
                                               {"volume_1e400", "1e400"},
                                               {"volume_inf", "inf"},
                                               {"volume_unit_unknown", "10Q"}}) {
    cases.push_back(csv_case(value.name, fmt::format("'{}' as one volume", value.cell), fails(),
                             table_with_cell(kVolume, value.cell)));
  }
  const auto volume_case = [&](std::string name, const std::string& cell, double volume) {
    cases.push_back(csv_case(std::move(name), fmt::format("'{}' as one volume", cell),
                             fails_or(bars_with([&](ExpectedBar& bar) { bar.volume = volume; })),
                             table_with_cell(kVolume, cell)));
  };
  volume_case("volume_zero", "0", 0);
  volume_case("volume_empty", "", std::nan(""));
  volume_case("volume_past_int64", "9223372036854775809", 9223372036854775808.0);
  volume_case("volume_past_uint64", "99999999999999999999", 1e20);
  volume_case("volume_of_40_digits", "1" + std::string(39, '0'), 1e39);
  volume_case("volume_fraction", "1070.5", 1070.5);
  volume_case("volume_thousand", "1.07K", 1070);
  volume_case("volume_million", "1.07M", 1.07e6);
}

}  // namespace

HostileCases csv_value_cases() {
  HostileCases cases;
  add_dates(cases);
  add_prices(cases);
  add_volumes(cases);
  return cases;
}

}  // namespace regimetry::hostile
