import Checks

extension PromptRules {
    /// The rules that hold where a person or server has no file of its own.
    ///
    /// They are few on purpose: word lists over-block and are got around, and the model that comes
    /// with the product knows emoji only.
    public static let house: PromptRules = {
        do throws(PromptError) {
            return try PromptRules(text, origin: "the house's rules")
        } catch {
            preconditionFailure(error.description)
        }
    }()

    private static let text = """
        appeal: If this is a mistake, change the rule: atelier imagine --rules FILE takes a file of your own.
        sexual: porn
        sexual: pornographic
        sexual: hentai
        sexual: nude child
        sexual: naked child
        sexual: 色情
        sexual: 儿童裸体
        violence: beheading
        violence: gore
        violence: 斩首
        hate: swastika
        hate: nazi salute
        hate: 纳粹
        self-harm: suicide
        self-harm: 自杀
        """
}
