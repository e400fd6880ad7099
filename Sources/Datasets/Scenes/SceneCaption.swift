/// What a scene is called: one of many ways to say it, in English or Chinese.
struct SceneCaption {
    let bank: SpriteBank
    let scene: Scene

    /// Parts that are left out at random, so that what is not said is free.
    static let silence: Float = 0.15

    /// The ways to say a scene of a number: the same ones each time.
    ///
    /// - Returns: One in English, and one in Chinese where all things have a name in it.
    func captions(_ chance: inout Chance) -> [Caption] {
        if let picture = scene.picture { return bank.pictures.record(at: picture).captions }
        var captions = [Caption(language: "en", text: english(&chance))]
        if let text = chinese(&chance) { captions.append(Caption(language: "zh", text: text)) }
        return captions
    }

    /// Whether place and style are said; what the scene is about always is.
    struct Said {
        let place: Bool
        let style: Bool

        init(_ chance: inout Chance) {
            place = !chance.happens(SceneCaption.silence)
            style = !chance.happens(SceneCaption.silence / 2)
        }
    }

    func concept(_ place: Int) -> Concept { bank.concepts[scene.things[place].concept] }
}
