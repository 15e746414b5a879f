using System.Text.RegularExpressions;

namespace Sigma.OperatorConsole.Rules;

/// <summary>What the evaluator says is wrong with a rule, with the field it is about, so that the form says it there.</summary>
/// <param name="Field">The field; null when it is about the rule as a whole.</param>
/// <param name="Text">The sentence; behind the name of the field, where there is one.</param>
internal sealed partial record RuleFault(string? Field, string Text)
{
    static readonly string[] Maps = ["Include", "Exclude", "Annotations", "Overrides"];

    /// <summary>Of a sentence of the evaluator.</summary>
    public static RuleFault Read(string sentence)
    {
        sentence = Number().Replace(sentence, "");
        var space = sentence.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0)
            return new(null, sentence);
        var (field, rest) = (sentence[..space], sentence[(space + 1)..]);
        return field is "Name" or "Kind" or "Mode" || RuleField.All.Any(known => known.Name == field) ? new(field, rest)
            : field.Split('.')[0] is var first && (Maps.Contains(first) || first == "Hours") ? new(field, rest) : new(null, sentence);
    }

    /// <summary>The sentence in the language of the page; as the evaluator says it where that is not known.</summary>
    /// <param name="text">Gives the text of a key with what is put in.</param>
    public string In(Func<string, object[], string> text)
    {
        foreach (var (pattern, key) in Known)
            if (pattern.Match(Text) is { Success: true } match)
                return text(key, [.. match.Groups.Cast<Group>().Skip(1).Select(group => (object)group.Value)]);
        return Text;
    }

    static readonly (Regex Pattern, string Key)[] Known =
    [
        (new(@"^is required$"), "SaysRequired"),
        (new(@"^must be between (\S+) and (\S+)$"), "SaysBetween"),
        (new(@"^must be a string or array type with a maximum length of '(\d+)'$"), "SaysLongest"),
        (new(@"is not a valid fully-qualified"), "SaysAddress"),
        (new(@"^has a value that is not a whole number$"), "FaultWhole"),
        (new(@"^has a value that is not a duration"), "FaultDuration"),
        (new(@"^has a value that is not a Double$"), "FaultNumber"),
        (new(@"^is (\d+), above the threshold of (\d+)"), "SaysAboveThreshold"),
        (new(@"^names no label$"), "SaysNoLabel"),
        (new(@"^names no label: it would apply to every key$"), "SaysOverrideOfAll"),
        (new(@"^uses the label (.+), which GroupBy does not have$"), "SaysNotGrouped"),
        (new(@"^uses the label (.+), which Segware's events do not have; theirs are (.+)$"), "SaysNotSegwares"),
        (new(@"^has none for (.+)$"), "SaysNoThresholdFor"),
        (new(@"^is missing: after how long"), "SaysNoAfter"),
        (new(@"^is missing: beyond which value"), "SaysNoLimit"),
        (new(@"^must be there and not below Limit"), "SaysNoRange"),
        (new(@"^is not for a range$"), "SaysNotOfRange"),
        (new(@"^is (\S+), on the wrong side of the limit of (\S+):"), "SaysWrongSide"),
        (new(@"^is kept for drills"), "SaysOfDrills"),
        (new(@"^cannot be read (at \d+: .+)$"), "SaysUnreadable"),
        (new(@"^cannot be read: (.+)$"), "SaysUnreadable"),
        (new(@"^is for log lines:"), "SaysOfLines"),
        (new(@"^is for the kind (\S+): lines are counted$"), "SaysOfKind"),
        (new(@"^is missing: of which integration"), "SaysNoSource"),
        (new(@"^is account,cuc,code, which are labels of Segware"), "SaysGroupsSegware"),
        (new(@"^is '.+': \* stands alone, and for the kind (\S+)$"), "SaysStarAlone"),
        (new(@"^is 'reported', which only alerts of the kind (\S+) have$"), "SaysOfKind"),
        (new(@"^is (\S+), not longer than After:"), "SaysForgetsSooner"),
        (new(@"^is the name of the built-in rule that counts drills$"), "SaysOfDrills"),
        (new(@"^rule (.+): the settings have it"), "SaysOfSettings"),
        (new(@"^the rule book names two rules '(.+)'"), "SaysTwoRules"),
        (new(@"^the rule book names a rule '(.+)', as"), "SaysBuiltInName"),
        (new(@"^the rule book has the rule '(.+)' with the source '\*'"), "SaysEverySource"),
        (new(@"^the rule book has the former name '(.*)', which"), "SaysFormerName"),
        (new(@"^unknown setting (.+) \((?:a rule|an override) has none of that name\)$"), "SaysUnknown"),
    ];

    [GeneratedRegex(@"^rule \d+: ")]
    private static partial Regex Number();
}
