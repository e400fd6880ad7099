import Settings

/// What is done to make pictures, with all that it takes beside pictures and words.
public enum PictureTask: Sendable, Equatable {
    /// Draw what a prompt asks for.
    case imagine
    /// Draw variations of a picture.
    case vary(VariationStrength)
    /// Draw anew what a mask hides.
    case inpaint
    /// Draw more around a picture.
    case outpaint(Outpainting)
    /// Draw a picture's edges anew so that it goes on at each edge where it begins.
    case tile
    /// Make sixteen tiles of a texture that can be laid in any order in which edges agree.
    case wang
    /// Mix several pictures; the weights say what each counts, none that all count the same.
    case blend(weights: [Double])
    /// Draw a place among all that the model can draw.
    case explore(Exploration)
    /// Draw a picture as the model would, found by so many steps.
    case project(steps: Int)
    /// Make a picture so many times as large.
    case upscale(times: Int)
    /// Repair a picture.
    case restore
    /// Make a picture into one of another kind, or back.
    case translate(backwards: Bool)
    /// Draw a picture again in another style, so much of it being mixed in.
    case style(PictureStyle, strength: Double)
    /// Paint a panorama on the six faces of a cube; the side of a face follows from the panorama where none is named.
    case cubeMap(side: Int?, edges: CubeEdges)
    /// Guess height, normals and roughness of a texture.
    case material(strength: Double, convention: NormalConvention, high: TextureHeights)

    /// What tasks are called in files and requests.
    public enum Name: String, Codable, Sendable, CaseIterable {
        case imagine, vary, inpaint, outpaint, tile, blend, explore, project, upscale, restore
        case style, wang, material, translate
        case cubeMap = "cube-map"
    }
}

extension PictureTask.Name {
    /// What the task takes.
    public var form: TaskForm {
        switch self {
        case .imagine: TaskForm(pictures: 0...64)
        case .vary: TaskForm(pictures: 1...1, [TaskField("strong", .number(0...1))])
        case .inpaint: TaskForm(pictures: 1...1, takesMask: true)
        case .outpaint: TaskForm(pictures: 1...1, Outpainting.fields)
        case .tile: TaskForm(pictures: 1...1)
        case .wang: TaskForm(pictures: 1...100_000, repairs: true, needsModel: false)
        case .blend:
            TaskForm(
                pictures: 2...5,
                (0..<5).map { TaskField("weight-\($0)", .number(1e-6...1e6)) }
            )
        case .explore: TaskForm(pictures: 0...0, makesOne: true, Exploration.fields)
        case .project:
            TaskForm(
                pictures: 1...1,
                makesOne: true,
                [TaskField("steps", .whole(Limits.steps), usual: 300.0)]
            )
        case .upscale:
            TaskForm(
                pictures: 1...100_000,
                repairs: true,
                [TaskField("times", .among([2, 4]), usual: 2.0)]
            )
        case .restore: TaskForm(pictures: 1...100_000, repairs: true, takesMask: true)
        case .translate:
            TaskForm(
                pictures: 1...100_000,
                repairs: true,
                [TaskField("backwards", .among([0, 1]), usual: 0.0)]
            )
        case .style:
            TaskForm(
                pictures: 1...100_000,
                repairs: true,
                needsModel: false,
                [
                    TaskField("style", .word(PictureStyle.allCases.map(\.rawValue))),
                    TaskField("strength", .number(0...1), usual: 1.0),
                ]
            )
        case .cubeMap: .cubeMap
        case .material: .material
        }
    }
}

extension PictureTask {
    /// A task by its name and what it is told; what is left out is usual.
    ///
    /// - Throws: `RequestProblem` for what the task does not have, or cannot be told.
    public init(_ name: Name, _ numbers: TaskNumbers = TaskNumbers()) throws(RequestProblem) {
        var numbers = numbers
        let fields = name.form.fields
        switch name {
        case .imagine: self = .imagine
        case .inpaint: self = .inpaint
        case .tile: self = .tile
        case .wang: self = .wang
        case .restore: self = .restore
        case .vary:
            self = .vary(try numbers.number("strong", of: fields) == 0 ? .subtle : .strong)
        case .outpaint: self = .outpaint(try Outpainting(&numbers))
        case .blend:
            var weights: [Double] = []
            for field in fields {
                guard let weight = try numbers.take(field)?.number else { break }
                weights.append(weight)
            }
            self = .blend(weights: weights)
        case .explore: self = .explore(try Exploration(&numbers))
        case .project: self = .project(steps: try numbers.whole("steps", of: fields) ?? 300)
        case .upscale: self = .upscale(times: try numbers.whole("times", of: fields) ?? 2)
        case .translate:
            self = .translate(backwards: try numbers.number("backwards", of: fields) == 1)
        case .style:
            let strength = try numbers.number("strength", of: fields) ?? 1
            guard
                let style = try numbers.word("style", of: fields).flatMap(
                    PictureStyle.init(rawValue:)
                )
            else { throw RequestProblem("style", expects: "the name of one", found: "nothing") }
            self = .style(style, strength: strength)
        case .cubeMap: self = try .cubeMap(&numbers)
        case .material: self = try .material(&numbers)
        }
        try numbers.finish(name)
    }

    /// What it is called, and what it is told, from which it can be made again.
    private var told: (name: Name, numbers: TaskNumbers) {
        var numbers = TaskNumbers()
        switch self {
        case .imagine: return (.imagine, numbers)
        case .inpaint: return (.inpaint, numbers)
        case .tile: return (.tile, numbers)
        case .wang: return (.wang, numbers)
        case .restore: return (.restore, numbers)
        case .vary(let strength):
            numbers["strong"] = strength == .strong ? 1.0 : 0.0
            return (.vary, numbers)
        case .outpaint(let outpainting):
            outpainting.write(&numbers)
            return (.outpaint, numbers)
        case .blend(let weights):
            for (place, weight) in weights.enumerated() {
                numbers["weight-\(place)"] = .number(weight)
            }
            return (.blend, numbers)
        case .explore(let place):
            place.write(&numbers)
            return (.explore, numbers)
        case .project(let steps):
            numbers["steps"] = .number(Double(steps))
            return (.project, numbers)
        case .upscale(let times):
            numbers["times"] = .number(Double(times))
            return (.upscale, numbers)
        case .translate(let backwards):
            numbers["backwards"] = backwards ? 1.0 : 0.0
            return (.translate, numbers)
        case .style(let style, let strength):
            numbers["style"] = .word(style.rawValue)
            numbers["strength"] = .number(strength)
            return (.style, numbers)
        case .cubeMap(let side, let edges):
            numbers["side"] = side.map { .number(Double($0)) }
            numbers["edges"] = .word(edges.rawValue)
            return (.cubeMap, numbers)
        case .material(let strength, let convention, let high):
            numbers["strength"] = .number(strength)
            numbers["convention"] = .word(convention.rawValue)
            numbers["high"] = .word(high.rawValue)
            return (.material, numbers)
        }
    }

    /// What it is called.
    public var name: Name { told.name }

    /// What it is told, by the names of its fields.
    public var numbers: TaskNumbers { told.numbers }
}
