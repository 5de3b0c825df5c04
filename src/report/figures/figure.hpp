// A figure that is ready to be drawn, in any format.
//
// Owner: `draw` borrows the run and the style that the figure was made from; both must outlive it. It changes
// neither,
//        so one figure may be drawn on several canvases at once.
#pragma once

#include <functional>
#include <string>

#include "report/figures/canvas.hpp"

namespace regimetry::report {

struct Figure {
  double height = 0;  // units of the sheet
  std::function<void(Canvas&)> draw;
};

// The file's bytes.
[[nodiscard]] inline std::string render(const Figure& figure, FigureFormat format, int width_px) {
  Canvas canvas(format, width_px, figure.height);
  figure.draw(canvas);
  return canvas.finish();
}

}  // namespace regimetry::report
