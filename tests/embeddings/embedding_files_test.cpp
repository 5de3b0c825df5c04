#include "embeddings/embedding_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/expect_error.hpp"
#include "core/npy.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::embeddings {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Notes final : Observer {
  void on_note(std::string_view text) override { notes.emplace_back(text); }
  void on_warning(std::string_view text) override { warnings.emplace_back(text); }
  std::vector<std::string> notes, warnings;
};

// Three windows of AAA, none of BBB, two of CCC; width 2.
Embeddings sample() {
  Embeddings embeddings;
  embeddings.values.resize(5, 2);
  embeddings.values << 0, 1, 2, 3, 4, 5, 6, 7, 8, 9;
  embeddings.timestamps = {10, 20, 30, 15, 25};
  embeddings.instruments = {
      {"AAA", {kNsPerDay, 0}, 252, {0, 3}}, {"BBB", {}, 0, {3, 3}}, {"CCC", {0, 1}, 12, {3, 5}}};
  embeddings.metadata = {{"window_size", 30}};
  return embeddings;
}

class EmbeddingFilesTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path(const char* name = "x.npy") const { return folder_ / name; }
  [[nodiscard]] std::string read_error(const char* name = "x.npy") {
    return message_of(ErrorKind::kData, [&] { static_cast<void>(read_embeddings(path(name), observer_)); });
  }
  TemporaryFolder folder_;
  Notes observer_;
};

TEST_F(EmbeddingFilesTest, ComeBack) {
  write_embeddings(path(), sample(), observer_);
  const Embeddings read = read_embeddings(path(), observer_);
  EXPECT_EQ(read.values, sample().values);
  EXPECT_EQ(read.timestamps, sample().timestamps);
  EXPECT_EQ(read.instruments, sample().instruments);
  EXPECT_EQ(read.metadata.at("window_size"), 30);
  EXPECT_EQ(read.metadata.at("n_samples"), 5);
  EXPECT_EQ(read.metadata.at("embedding_dim"), 2);
  EXPECT_THAT(observer_.notes, IsEmpty());
  EXPECT_THAT(observer_.warnings, IsEmpty());
}

TEST_F(EmbeddingFilesTest, AreWhatNumPyReads) {
  write_embeddings(path(), sample(), observer_);
  EXPECT_EQ(read_npy(path()).shape, (std::vector<std::int64_t>{5, 2}));
  EXPECT_EQ(read_npy(path("x_timestamps.npy")).type, NpyType::kInt64);
  EXPECT_THAT(read_npy(path("x_timestamps.npy")).as_int64(), ElementsAre(10, 20, 30, 15, 25));
  EXPECT_THAT(read_npy(path("x_instruments.npy")).as_int64(), ElementsAre(0, 0, 0, 2, 2));
  EXPECT_EQ(folder_.file_count(), 4);
}

TEST_F(EmbeddingFilesTest, OfOneInstrumentNeedNoIndices) {
  Embeddings one = sample();
  one.instruments = {{"AAA", {kNsPerDay, 0}, 252, {0, 5}}};
  write_embeddings(path(), one, observer_);
  EXPECT_FALSE(std::filesystem::exists(path("x_instruments.npy")));
  EXPECT_EQ(read_embeddings(path(), observer_).instruments, one.instruments);
}

TEST_F(EmbeddingFilesTest, AreTheSameBytesEachTime) {
  write_embeddings(path(), sample(), observer_);
  const std::string first = read_file(path()) + read_file(metadata_path_of(path()));
  write_embeddings(path(), sample(), observer_);
  EXPECT_EQ(read_file(path()) + read_file(metadata_path_of(path())), first);
}

TEST_F(EmbeddingFilesTest, WarnWhenMetadataOfOthersIsReplaced) {
  write_embeddings(path("x.npy"), sample(), observer_);
  write_embeddings(path("x.npy"), sample(), observer_);
  EXPECT_THAT(observer_.warnings, IsEmpty());
  write_embeddings(path("y.npy"), sample(), observer_);
  EXPECT_THAT(observer_.warnings, ElementsAre(HasSubstr("describes x.npy and is replaced")));
  EXPECT_EQ(read_embeddings(path("x.npy"), observer_).timestamps.back(), 4);
  EXPECT_THAT(observer_.notes, ElementsAre(HasSubstr("x.npy: has no embedding_metadata.json of its own")));
}

TEST_F(EmbeddingFilesTest, OfABareMatrixCountItsRowsAsTime) {
  const std::vector<double> values{1, 2, 3, 4, 5, 6};
  write_npy(path(), values, std::array<std::int64_t, 2>{2, 3});
  const Embeddings read = read_embeddings(path(), observer_);
  EXPECT_EQ(read.values(1, 2), 6.0F);
  EXPECT_THAT(read.timestamps, ElementsAre(0, 1));
  EXPECT_EQ(read.instruments.at(0).windows.end, 2);
}

TEST_F(EmbeddingFilesTest, AreRefusedWhenTheyDoNotBelongTogether) {
  write_embeddings(path(), sample(), observer_);
  const std::string matrix = read_file(path());
  std::string other = matrix;
  other.back() = static_cast<char>(other.back() ^ 1);
  write_file_atomically(path(), other);
  EXPECT_THAT(read_error(), HasSubstr("was written with another matrix, so it does not belong to x.npy"));
  write_file_atomically(path(), matrix);

  const std::vector<std::int64_t> stamps{10, 20, 30, 15, 26};
  const std::array<std::int64_t, 1> five{5}, four{4};
  write_npy(path("x_timestamps.npy"), stamps, five);
  EXPECT_THAT(read_error(), HasSubstr("x_timestamps.npy: is not the one that embedding_metadata.json"));
  write_npy(path("x_timestamps.npy"), std::span(stamps).first(4), four);
  EXPECT_THAT(read_error(), HasSubstr("has 4 stamps for 5 embeddings"));

  write_embeddings(path(), sample(), observer_);
  write_npy(path(), std::vector<float>{1, 2}, std::array<std::int64_t, 2>{1, 2});
  EXPECT_THAT(read_error(), HasSubstr("speaks of 5 embeddings of 2 numbers, where the matrix has 1 of 2"));
}

TEST_F(EmbeddingFilesTest, AreRefusedWhenMetadataIsDamaged) {
  const auto error_after = [&](const char* key, const nlohmann::json& value) {
    write_embeddings(path(), sample(), observer_);
    nlohmann::json metadata = nlohmann::json::parse(read_file(metadata_path_of(path())));
    metadata[nlohmann::json::json_pointer(key)] = value;
    write_file_atomically(metadata_path_of(path()), metadata.dump());
    return read_error();
  };
  EXPECT_THAT(error_after("/n_samples", "many"), HasSubstr("is not what was written"));
  EXPECT_THAT(error_after("/instruments/0/end", 4), HasSubstr("its windows 3 to 3 of BBB do not fit"));
  EXPECT_THAT(error_after("/instruments/2/end", 9), HasSubstr("its windows 3 to 9 of CCC do not fit"));
  EXPECT_THAT(error_after("/instruments", nlohmann::json::array()),
              HasSubstr("its instruments have 0 of 5 embeddings"));
}

TEST_F(EmbeddingFilesTest, AreRefusedWhenMetadataNoLongerSayWhoseTheyAre) {
  write_embeddings(path(), sample(), observer_);
  const std::string whole = read_file(metadata_path_of(path()));
  write_file_atomically(metadata_path_of(path()), whole.substr(0, whole.size() / 2));
  EXPECT_THAT(read_error(), AllOf(HasSubstr("embedding_metadata.json: is damaged"),
                                  HasSubstr("it breaks off"), HasSubstr("move it away to read x.npy")));
  nlohmann::json metadata = nlohmann::json::parse(whole);
  metadata.erase("embeddings_file");
  write_file_atomically(metadata_path_of(path()), metadata.dump());
  EXPECT_THAT(read_error(), HasSubstr("it lacks 'embeddings_file'"));
  metadata = nlohmann::json::parse(whole);
  metadata.erase("instruments");
  write_file_atomically(metadata_path_of(path()), metadata.dump());
  EXPECT_THAT(read_error(),
              HasSubstr("embedding_metadata.json: is not what was written (it lacks 'instruments')"));
  write_file_atomically(metadata_path_of(path()), "");
  EXPECT_THAT(read_error(), HasSubstr("it breaks off at line 1"));
}

TEST_F(EmbeddingFilesTest, RefuseWhatIsNoMatrixOfNumbers) {
  write_npy(path(), std::vector<float>{1, 2}, std::array<std::int64_t, 1>{2});
  EXPECT_THAT(read_error(), HasSubstr("holds an array of shape (2,), where embeddings are a matrix"));
  write_npy(path(), std::vector<float>{1, std::numeric_limits<float>::infinity()},
            std::array<std::int64_t, 2>{1, 2});
  EXPECT_THAT(read_error(), HasSubstr("holds inf at [0, 1]; embeddings must be finite"));
}

TEST_F(EmbeddingFilesTest, WantANameThatEndsInNpy) {
  EXPECT_NO_THROW(require_embedding_extension("a/b.npy"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [] { require_embedding_extension("a/b.parquet"); }),
              HasSubstr("end the name with .npy"));
}

}  // namespace
}  // namespace regimetry::embeddings
