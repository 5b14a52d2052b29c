// What the charts use of Observable Plot and of TopoJSON; everything else is left out of the bundle.
export { areaY, axisX, axisY, barX, dot, geo, gridX, gridY, line, plot, pointer, rectY, ruleX, ruleY, sphere, text, tip } from "@observablehq/plot";
export { feature } from "topojson-client";
