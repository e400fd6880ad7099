extension PictureTask {
    /// A task by its name and numbers; what is left out is usual.
    ///
    /// - Throws: `RequestProblem` for numbers that the task does not have, or cannot use.
    public init(_ name: Name, _ numbers: TaskNumbers = TaskNumbers()) throws(RequestProblem) {
        var numbers = numbers
        switch name {
        case .imagine: self = .imagine
        case .inpaint: self = .inpaint
        case .tile: self = .tile
        case .restore: self = .restore
        case .vary:
            self = .vary(try numbers.take("strong", 0...1) == 0 ? .subtle : .strong)
        case .outpaint: self = .outpaint(try Outpainting(&numbers))
        case .blend:
            var weights: [Double] = []
            for place in 0..<name.pictures.upperBound {
                guard let weight = try numbers.take("weight-\(place)", 1e-6...1e6) else { break }
                weights.append(weight)
            }
            self = .blend(weights: weights)
        case .explore: self = .explore(try Exploration(&numbers))
        case .project: self = .project(steps: try numbers.take("steps", Limits.steps) ?? 300)
        case .upscale:
            let times = try numbers.take("times", 2...4) ?? 2
            guard times != 3 else {
                throw RequestProblem("times", expects: "2 or 4", found: "3")
            }
            self = .upscale(times: times)
        }
        try numbers.finish(name)
    }

    /// Its numbers, from which it can be made again.
    public var numbers: TaskNumbers {
        var numbers = TaskNumbers()
        switch self {
        case .imagine, .inpaint, .tile, .restore: break
        case .vary(let strength): numbers["strong"] = strength == .strong ? 1 : 0
        case .outpaint(let outpainting): outpainting.write(&numbers)
        case .blend(let weights):
            for (place, weight) in weights.enumerated() { numbers["weight-\(place)"] = weight }
        case .explore(let place): place.write(&numbers)
        case .project(let steps): numbers["steps"] = Double(steps)
        case .upscale(let times): numbers["times"] = Double(times)
        }
        return numbers
    }
}

extension Outpainting {
    fileprivate init(_ numbers: inout TaskNumbers) throws(RequestProblem) {
        var ways: [Outpainting] = []
        if let zoom = try numbers.take("zoom", Limits.zoom), zoom > 1 { ways.append(.zoom(zoom)) }
        var (shares, pixels) = (Sides<Double>(), Sides<Int>())
        shares.left = try numbers.take("left", Limits.marginShare) ?? 0
        shares.right = try numbers.take("right", Limits.marginShare) ?? 0
        shares.top = try numbers.take("top", Limits.marginShare) ?? 0
        shares.bottom = try numbers.take("bottom", Limits.marginShare) ?? 0
        if !shares.isNone { ways.append(.shares(shares)) }
        pixels.left = try numbers.take("left-pixels", Limits.margin) ?? 0
        pixels.right = try numbers.take("right-pixels", Limits.margin) ?? 0
        pixels.top = try numbers.take("top-pixels", Limits.margin) ?? 0
        pixels.bottom = try numbers.take("bottom-pixels", Limits.margin) ?? 0
        if !pixels.isNone { ways.append(.pixels(pixels)) }
        let width = try numbers.take("aspect-width", Limits.aspect)
        let height = try numbers.take("aspect-height", Limits.aspect)
        if width != nil || height != nil {
            ways.append(.aspect(width: width ?? 1, height: height ?? 1))
        }
        guard ways.count == 1 else {
            throw RequestProblem(
                "numbers",
                expects: "one of sides above 0, a shape, and a zoom above 1",
                found: ways.isEmpty ? "none" : "\(ways.count) of them"
            )
        }
        self = ways[0]
    }

    fileprivate func write(_ numbers: inout TaskNumbers) {
        switch self {
        case .zoom(let zoom): numbers["zoom"] = zoom
        case .shares(let sides):
            for (name, share) in sides.named where share > 0 { numbers[name] = share }
        case .pixels(let sides):
            for (name, pixels) in sides.named where pixels > 0 {
                numbers["\(name)-pixels"] = Double(pixels)
            }
        case .aspect(let width, let height):
            (numbers["aspect-width"], numbers["aspect-height"]) = (Double(width), Double(height))
        }
    }
}

extension Exploration {
    fileprivate init(_ numbers: inout TaskNumbers) throws(RequestProblem) {
        x = try numbers.take("x", -1...1) ?? 0
        y = try numbers.take("y", -1...1) ?? 0
        psi = try numbers.take("psi", Limits.truncation)
        noise = try numbers.take("noise", Limits.key).map { UInt64($0) }
        for layer in 0..<Exploration.layerLimit {
            layers[layer] = try numbers.take("layer-\(layer)", Limits.key).map { UInt64($0) }
        }
    }

    fileprivate func write(_ numbers: inout TaskNumbers) {
        (numbers["x"], numbers["y"]) = (x, y)
        numbers["psi"] = psi
        numbers["noise"] = noise.map { Double($0) }
        for (layer, key) in layers { numbers["layer-\(layer)"] = Double(key) }
    }
}
