#include "projection/tsne/tsne.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "neighbors/nearest_neighbors.hpp"
#include "projection/initial_map.hpp"
#include "projection/require_rows.hpp"
#include "projection/tsne/attraction.hpp"
#include "projection/tsne/input_similarities.hpp"
#include "projection/tsne/repulsion.hpp"

namespace regimetry::projection {
namespace {

constexpr std::int64_t kCheckEvery = 50;  // iterations between looks at the divergence
constexpr std::int64_t kPatience = 300;   // iterations without improvement before descent ends
constexpr double kSmallestGradientNorm = 1e-7;
constexpr std::int64_t kGrain = 256;  // points per chunk

struct Phase {
  std::int64_t begin = 0, end = 0;
  float exaggeration = 1, momentum = 0.5F;
};

// Momentum and gains of one phase, one value per coordinate.
struct Motion {
  explicit Motion(std::size_t count) : update(count), gain(count) {
    std::fill(gain.x.begin(), gain.x.end(), 1.0F);
    std::fill(gain.y.begin(), gain.y.end(), 1.0F);
  }
  MapPoints update, gain;
};

// The delta-bar-delta rule of t-SNE: steps grow while the gradient keeps its direction.
float step(float gradient, float learning_rate, float momentum, float& update, float& gain) {
  gain = std::max(update * gradient < 0 ? gain + 0.2F : gain * 0.8F, 0.01F);
  update = momentum * update - learning_rate * gain * gradient;
  return update;
}

class Descent {
 public:
  Descent(const SymmetricGraph& similarities, MapPoints map, const TsneOptions& options, ThreadPool& pool)
      : attraction_(similarities),
        repulsion_(options.angle),
        is_exact_(static_cast<std::int64_t>(map.size()) <= options.most_exact_rows),
        learning_rate_(static_cast<float>(options.learning_rate.value_or(
            std::max(50.0, static_cast<double>(map.size()) / options.early_exaggeration / 4)))),
        map_(std::move(map)),
        next_(map_.size()),
        pool_(pool) {}

  // Returns the number of iterations done so far, all phases included.
  std::int64_t run(const Phase& phase, Observer& observer, std::int64_t total) {
    Motion motion(map_.size());
    double best = std::numeric_limits<double>::infinity();
    std::int64_t best_at = phase.begin;
    for (std::int64_t i = phase.begin; i < phase.end; ++i) {
      const double norm = move(phase, motion);
      if ((i + 1) % kCheckEvery != 0) continue;
      observer.on_progress("t-SNE", i + 1, total);
      const double now = divergence();
      if (now < best) {
        best = now;
        best_at = i;
      } else if (i - best_at > kPatience) {
        return i + 1;
      }
      if (norm <= kSmallestGradientNorm) return i + 1;
    }
    return phase.end;
  }

  [[nodiscard]] double divergence() {
    push();
    return map_.size() < 2 ? 0.0 : attraction_.divergence(map_, pushes_.q_sum, pool_);
  }
  [[nodiscard]] const MapPoints& map() const { return map_; }

 private:
  void push() {
    if (is_exact_)
      push_exactly(map_, pool_, pushes_);
    else
      repulsion_.push(map_, pool_, pushes_);
  }

  // One step of all points; returns the norm of the gradient.
  double move(const Phase& phase, Motion& motion) {
    push();
    const auto inverse = static_cast<float>(1 / std::max(pushes_.q_sum, std::numeric_limits<double>::min()));
    const auto point_count = static_cast<std::int64_t>(map_.size());
    std::vector<double> parts(static_cast<std::size_t>((point_count + kGrain - 1) / kGrain), 0.0);
    pool_.parallel_for(point_count, kGrain, [&](IndexRange points) {
      double squares = 0;
      for (std::int64_t point = points.begin; point < points.end; ++point) {
        const auto i = static_cast<std::size_t>(point);
        const Attraction::Pull pull = attraction_.pull_on(point, map_);
        const float gradient_x = 4 * (phase.exaggeration * pull.x - inverse * pushes_.sums.x[i]);
        const float gradient_y = 4 * (phase.exaggeration * pull.y - inverse * pushes_.sums.y[i]);
        squares +=
            static_cast<double>(gradient_x) * gradient_x + static_cast<double>(gradient_y) * gradient_y;
        next_.x[i] = map_.x[i] +
                     step(gradient_x, learning_rate_, phase.momentum, motion.update.x[i], motion.gain.x[i]);
        next_.y[i] = map_.y[i] +
                     step(gradient_y, learning_rate_, phase.momentum, motion.update.y[i], motion.gain.y[i]);
      }
      parts[static_cast<std::size_t>(points.begin / kGrain)] = squares;
    });
    std::swap(map_, next_);
    double total = 0;
    for (const double part : parts) total += part;
    return std::sqrt(total);
  }

  Attraction attraction_;
  TreeRepulsion repulsion_;
  bool is_exact_;
  float learning_rate_;
  MapPoints map_, next_;
  Pushes pushes_;
  ThreadPool& pool_;
};

// The principal components, so small that all points repel each other alike at first.
MapPoints starting_points(const Eigen::Ref<const MatrixF>& rows, const Rng& rng, ThreadPool& pool) {
  const MatrixD start = initial_map(rows, rng.stream("projection.tsne"), pool);
  const double deviation = std::sqrt((start.col(0).array() - start.col(0).mean()).square().mean());
  const double scale = deviation > 0 ? 1e-4 / deviation : 0.0;
  MapPoints map(static_cast<std::size_t>(rows.rows()));
  for (std::size_t i = 0; i < map.size(); ++i) {
    map.x[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 0) * scale);
    map.y[i] = static_cast<float>(start(static_cast<Eigen::Index>(i), 1) * scale);
  }
  return map;
}

double usable_perplexity(std::int64_t row_count, double wanted, std::vector<std::string>& notes) {
  const double most = std::max(1.0, static_cast<double>(row_count - 1) / 3);
  if (wanted <= most) return wanted;
  notes.push_back(
      fmt::format("t-SNE: perplexity lowered from {:g} to {:.4g}, as {} rows have no 3 * {:g} neighbours",
                  wanted, most, row_count, wanted));
  return most;
}

// Tree forces leave a slow drift of the whole map, which means nothing.
MatrixF centered(const MapPoints& map) {
  double sum_x = 0, sum_y = 0;
  for (std::size_t i = 0; i < map.size(); ++i) {
    sum_x += map.x[i];
    sum_y += map.y[i];
  }
  const double count = static_cast<double>(map.size());
  MatrixF coordinates(static_cast<Eigen::Index>(map.size()), 2);
  for (std::size_t i = 0; i < map.size(); ++i) {
    coordinates(static_cast<Eigen::Index>(i), 0) = static_cast<float>(map.x[i] - sum_x / count);
    coordinates(static_cast<Eigen::Index>(i), 1) = static_cast<float>(map.y[i] - sum_y / count);
  }
  return coordinates;
}

}  // namespace

std::vector<std::string> TsneOptions::problems() const {
  std::vector<std::string> problems;
  const auto demand = [&](bool is_met, std::string problem) {
    if (!is_met) problems.push_back(std::move(problem));
  };
  demand(perplexity >= 1 && std::isfinite(perplexity),
         fmt::format("perplexity is {}; it must be at least 1", perplexity));
  demand(early_exaggeration >= 1 && std::isfinite(early_exaggeration),
         fmt::format("early_exaggeration is {}; it must be at least 1", early_exaggeration));
  demand(!learning_rate || (*learning_rate > 0 && std::isfinite(*learning_rate)),
         fmt::format("learning_rate is {}; it must be positive", learning_rate.value_or(0)));
  demand(iterations >= 1, fmt::format("iterations is {}; it must be at least 1", iterations));
  demand(exaggerated_iterations >= 0,
         fmt::format("exaggerated_iterations is {}; it must not be negative", exaggerated_iterations));
  demand(angle > 0 && angle <= 1, fmt::format("angle is {}; it must be above 0 and at most 1", angle));
  return problems;
}

TsneMap tsne(const Eigen::Ref<const MatrixF>& rows, const TsneOptions& options, const Rng& rng,
             ThreadPool& pool, Observer& observer) {
  if (const std::vector<std::string> problems = options.problems(); !problems.empty())
    throw Error(ErrorKind::kUsage, fmt::format("t-SNE: {}", fmt::join(problems, "; ")));
  require_rows(rows, "t-SNE");
  TsneMap result;
  if (rows.rows() == 1) {
    result.coordinates = MatrixF::Zero(1, 2);
    result.notes.push_back("t-SNE: a single row has no neighbours; it lies at the origin");
    return result;
  }
  result.perplexity = usable_perplexity(rows.rows(), options.perplexity, result.notes);
  const auto k =
      std::min<std::int64_t>(rows.rows() - 1, static_cast<std::int64_t>(3 * result.perplexity + 1));
  const SymmetricGraph similarities =
      input_similarities(neighbors::find_neighbors(rows, k, pool), result.perplexity, pool);
  Descent descent(similarities, starting_points(rows, rng, pool), options, pool);
  const std::int64_t exaggerated = std::min(options.exaggerated_iterations, options.iterations);
  descent.run({0, exaggerated, static_cast<float>(options.early_exaggeration), 0.5F}, observer,
              options.iterations);
  result.iterations =
      descent.run({exaggerated, options.iterations, 1.0F, 0.8F}, observer, options.iterations);
  result.divergence = descent.divergence();
  result.coordinates = centered(descent.map());
  return result;
}

}  // namespace regimetry::projection
