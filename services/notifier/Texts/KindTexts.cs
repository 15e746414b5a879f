using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Texts;

/// <summary>
/// What is said of alerts that count nothing, on every channel. Section <c>Notifier:Texts</c>.
/// </summary>
public sealed class TextOptions
{
    /// <summary>
    /// Language of our texts and of times: <c>pt-BR</c> or <c>en</c>. A text that is set is said as it is set. An integration may have another.
    /// </summary>
    [Required, RegularExpression(Wording.Languages, ErrorMessage = "must be pt-BR or en")]
    public string Language { get; set; } = Wording.Portuguese;

    /// <summary>Of a value beyond a limit.</summary>
    public KindTexts Threshold { get; set; } = new("Limite excedido", "Valor normalizado");

    const string Severity = "Gravidade {severityWord}\n";

    /// <summary>Of somebody who is silent.</summary>
    public KindTexts Absence { get; set; } = new("Sem notícias", "Notícias de novo");

    /// <summary>Of what somebody else's monitoring reports.</summary>
    public KindTexts External { get; set; } = new("Alerta de outro sistema", "Alerta de outro sistema resolvido", Severity);
}

/// <summary>The texts of a kind of rule, as those of the channels.</summary>
public sealed class KindTexts
{
    const string About = "{accountCode} {tradeName}\n{summary}\n{labels}", Measured = "Valor {value} (limite {limit})", Ended = "já encerrado",
        Listed = "· {accountCode} {tradeName}\n· {summary}\n· {labels}";

    /// <summary>For settings, which fill it.</summary>
    public KindTexts() : this("Alerta", "Alerta encerrado")
    {
    }

    internal KindTexts(string raised, string cleared, string more = "")
    {
        RaisedText = $"🚨 {raised}: {{rule}}\n{About}\n{more}{Measured}\nDesde {{since}}\n{{url}}";
        ClearedText = $"✅ {cleared}: {{rule}}\n{About}\nAlerta de {{raisedAt}} até {{clearedAt}} ({{duration}})";
        RaisedAndClearedText = $"ℹ️ {raised}, {Ended}: {{rule}}\n{About}\nDe {{raisedAt}} até {{clearedAt}} ({{duration}})";
        RuleEndedText = $"ℹ️ Alerta encerrado, a regra {{rule}} mudou\n{About}\nDe {{raisedAt}} até {{clearedAt}} ({{duration}})";
        ShortRaisedText = $"{raised}: {{rule}}\n{About}\n{{value}} (limite {{limit}})";
        ShortClearedText = $"{cleared}: {{rule}}\n{About}";
        ShortRaisedAndClearedText = $"{raised}, {Ended}: {{rule}}\n{About}";
        ShortRuleEndedText = $"Alerta encerrado, a regra {{rule}} mudou\n{About}";
        DigestRaisedLine = $"🚨 {raised}: *{{rule}}*\n{Listed}\n· {{value}} (limite {{limit}})";
        DigestClearedLine = $"✅ {cleared}: *{{rule}}*\n{Listed}";
        DigestRaisedAndClearedLine = $"ℹ️ {raised}, {Ended}: *{{rule}}*\n{Listed}";
        DigestRuleEndedLine = $"ℹ️ Alerta encerrado, a regra *{{rule}}* mudou\n{Listed}";
    }

    /// <summary>What is said when it is raised.</summary>
    [Required, TextTemplate]
    public string RaisedText { get; set; }

    /// <summary>What is said when it is cleared.</summary>
    [Required, TextTemplate]
    public string ClearedText { get; set; }

    /// <summary>The text of an alert that ended before it could be delivered.</summary>
    [Required, TextTemplate]
    public string RaisedAndClearedText { get; set; }

    /// <summary>What is said when an alert ends because its rule was removed or changed.</summary>
    [Required, TextTemplate]
    public string RuleEndedText { get; set; }

    /// <summary>The first of them for channels of short texts, whose lines they join: SMS, PagerDuty, alarm events.</summary>
    [Required, TextTemplate]
    public string ShortRaisedText { get; set; }

    /// <summary>The second.</summary>
    [Required, TextTemplate]
    public string ShortClearedText { get; set; }

    /// <summary>The third.</summary>
    [Required, TextTemplate]
    public string ShortRaisedAndClearedText { get; set; }

    /// <summary>The fourth.</summary>
    [Required, TextTemplate]
    public string ShortRuleEndedText { get; set; }

    /// <summary>The first of them in a digest, where its lines are joined.</summary>
    [Required, TextTemplate]
    public string DigestRaisedLine { get; set; }

    /// <summary>The second.</summary>
    [Required, TextTemplate]
    public string DigestClearedLine { get; set; }

    /// <summary>The third.</summary>
    [Required, TextTemplate]
    public string DigestRaisedAndClearedLine { get; set; }

    /// <summary>The fourth.</summary>
    [Required, TextTemplate]
    public string DigestRuleEndedLine { get; set; }
}
