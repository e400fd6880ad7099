import Settings

extension TaskForm {
    /// What cube maps take: the six faces come first, then all of them on one sheet.
    static let cubeMap = TaskForm(
        pictures: 1...100_000,
        repairs: true,
        parts: ["px", "nx", "py", "ny", "pz", "nz", "cross"],
        needsModel: false,
        [
            TaskField("side", .whole(Limits.cubeSide)),
            TaskField(
                "edges",
                .word(CubeEdges.allCases.map(\.rawValue)),
                usual: .word(CubeEdges.inside.rawValue)
            ),
        ]
    )

    /// What materials take.
    static let material = TaskForm(
        pictures: 1...100_000,
        repairs: true,
        parts: ["height", "normal", "roughness"],
        needsModel: false,
        [
            TaskField("strength", .number(Limits.relief), usual: 1.0),
            TaskField(
                "convention",
                .word(NormalConvention.allCases.map(\.rawValue)),
                usual: .word(NormalConvention.opengl.rawValue)
            ),
            TaskField(
                "high",
                .word(TextureHeights.allCases.map(\.rawValue)),
                usual: .word(TextureHeights.light.rawValue)
            ),
        ]
    )
}

extension PictureTask {
    /// A cube map, by what it is told.
    ///
    /// - Throws: `RequestProblem` for what it cannot be told.
    static func cubeMap(_ numbers: inout TaskNumbers) throws(RequestProblem) -> PictureTask {
        let fields = TaskForm.cubeMap.fields
        return .cubeMap(
            side: try numbers.whole("side", of: fields),
            edges: try numbers.word("edges", of: fields).flatMap(CubeEdges.init) ?? .inside
        )
    }

    /// A material, by what it is told.
    ///
    /// - Throws: `RequestProblem` for what it cannot be told.
    static func material(_ numbers: inout TaskNumbers) throws(RequestProblem) -> PictureTask {
        let fields = TaskForm.material.fields
        return .material(
            strength: try numbers.number("strength", of: fields) ?? 1,
            convention: try numbers.word("convention", of: fields).flatMap(NormalConvention.init)
                ?? .opengl,
            high: try numbers.word("high", of: fields).flatMap(TextureHeights.init) ?? .light
        )
    }
}
