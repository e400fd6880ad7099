/// Cuts a face into triangles: a fan where it is convex, ears where it is not.
struct PolygonCutter {
    /// How many comparisons are left for faces that are not convex; afterwards all become fans.
    private var budget = 20_000_000

    /// The corners of the triangles, three by three, as places in the face.
    mutating func triangles(of points: [SIMD3<Float>]) -> [Int] {
        let count = points.count
        guard count > 3, let flat = Self.flattened(points), !Self.isConvex(flat) else {
            return Self.fan(Array(0..<count))
        }
        var left = Array(0..<count)
        var triangles: [Int] = []
        while left.count > 3 {
            guard budget > 0, let ear = ear(of: left, in: flat) else { break }
            let before = left[(ear + left.count - 1) % left.count]
            let after = left[(ear + 1) % left.count]
            triangles += [before, left[ear], after]
            left.remove(at: ear)
        }
        return triangles + Self.fan(left)
    }

    private mutating func ear(of left: [Int], in points: [SIMD2<Float>]) -> Int? {
        let count = left.count
        for place in 0..<count {
            let first = points[left[(place + count - 1) % count]]
            let middle = points[left[place]]
            let last = points[left[(place + 1) % count]]
            guard Self.turn(first, middle, last) > 0 else { continue }
            budget -= count
            let isFree = left.allSatisfy { index in
                let point = points[index]
                if point == first || point == middle || point == last { return true }
                return Self.turn(first, middle, point) < 0 || Self.turn(middle, last, point) < 0
                    || Self.turn(last, first, point) < 0
            }
            if isFree { return place }
        }
        return nil
    }

    private static func fan(_ places: [Int]) -> [Int] {
        guard places.count > 2 else { return [] }
        return (1..<places.count - 1).flatMap { [places[0], places[$0], places[$0 + 1]] }
    }

    /// The face seen along its normal, counter-clockwise; nil where it has no area.
    private static func flattened(_ points: [SIMD3<Float>]) -> [SIMD2<Float>]? {
        let origin = points[0]
        var normal = SIMD3<Float>()
        for place in points.indices.dropFirst().dropLast() {
            normal += Vectors.cross(points[place] - origin, points[place + 1] - origin)
        }
        guard let normal = Vectors.unit(normal) else { return nil }
        let helper: SIMD3<Float> = abs(normal.x) < 0.7 ? [1, 0, 0] : [0, 1, 0]
        guard let across = Vectors.unit(Vectors.cross(helper, normal)) else { return nil }
        let up = Vectors.cross(normal, across)
        return points.map { point in
            [Vectors.dot(point - origin, across), Vectors.dot(point - origin, up)]
        }
    }

    private static func isConvex(_ points: [SIMD2<Float>]) -> Bool {
        let count = points.count
        return points.indices.allSatisfy { place in
            turn(points[place], points[(place + 1) % count], points[(place + 2) % count]) >= 0
        }
    }

    private static func turn(
        _ first: SIMD2<Float>,
        _ second: SIMD2<Float>,
        _ third: SIMD2<Float>
    ) -> Float {
        (second.x - first.x) * (third.y - first.y) - (second.y - first.y) * (third.x - first.x)
    }
}
