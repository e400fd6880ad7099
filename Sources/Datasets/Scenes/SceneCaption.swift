/// What a scene is called: one of many ways to say it, in English or Chinese.
struct SceneCaption {
    let bank: SpriteBank
    let scene: Scene
    /// What the things are called, in the scene's order.
    private var names: [SceneName] = []

    init(bank: SpriteBank, scene: Scene) { (self.bank, self.scene) = (bank, scene) }

    /// Parts that are left out at random, so that what is not said is free.
    static let silence: Float = 0.15

    /// The ways to say a scene of a number: the same ones each time.
    ///
    /// - Returns: One in English, and one in Chinese where all things have a name in it.
    func captions(_ chance: inout Chance) -> [Caption] {
        if let picture = scene.picture { return bank.pictures.record(at: picture).captions }
        var named = self
        named.names = scene.things.map { SceneName(bank.concepts[$0.concept], &chance) }
        var captions = [Caption(language: "en", text: named.english(&chance))]
        if let text = named.chinese(&chance) {
            captions.append(Caption(language: "zh", text: text))
        }
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

    func name(_ place: Int) -> SceneName { names[place] }
}
