/// What a scene is called: one of many ways to say it, in English or Chinese.
struct SceneCaption {
    let bank: SpriteBank
    let scene: Scene
    /// Whether everything is said, in whole sentences.
    let isWhole: Bool
    /// What the things are called, in the scene's order.
    private var names: [SceneName] = []

    init(bank: SpriteBank, scene: Scene, isWhole: Bool = false) {
        (self.bank, self.scene, self.isWhole) = (bank, scene, isWhole)
    }

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

        init(_ chance: inout Chance, isWhole: Bool) {
            place = !chance.happens(SceneCaption.silence) || isWhole
            style = !chance.happens(SceneCaption.silence / 2) || isWhole
        }
    }

    func name(_ place: Int) -> SceneName { names[place] }
}
