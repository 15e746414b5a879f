using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Texts;

/// <summary>
/// How a channel of texts says many alerts in one message. What is said of an alert may have several lines: those without a value are left out, the
/// others joined.
/// </summary>
public sealed class DigestTexts
{
    /// <summary>The first line: how many alerts there are, and how many of them are said to be raised, cleared, or both in one.</summary>
    [Required, TextTemplate("alerts", "raised", "cleared", "raisedAndCleared")]
    public string Heading { get; set; } = "📋 *Resumo de {alerts} avisos*";

    /// <summary>An alert.</summary>
    [Required, TextTemplate]
    public string RaisedLine { get; set; } =
        """
        🚨
        *{accountCode}* {tradeName}
        · {cuc}
        · {code}
        · {labels}
        · {count} eventos
        """;

    /// <summary>The end of one.</summary>
    [Required, TextTemplate]
    public string ClearedLine { get; set; } =
        """
        ✅
        *{accountCode}* {tradeName}
        · {cuc}
        · {code}
        · {labels}
        · normalizado
        """;

    /// <summary>One that ended before it could be told.</summary>
    [Required, TextTemplate]
    public string RaisedAndClearedLine { get; set; } =
        """
        ℹ️
        *{accountCode}* {tradeName}
        · {cuc}
        · {code}
        · {labels}
        · {count} eventos, já normalizado
        """;

    /// <summary>The end of one whose rule was removed or changed.</summary>
    [Required, TextTemplate]
    public string RuleEndedLine { get; set; } =
        """
        ℹ️
        *{accountCode}* {tradeName}
        · {cuc}
        · {code}
        · {labels}
        · encerrado, a regra {rule} mudou
        """;

    /// <summary>The same of one that could not be told before.</summary>
    [Required, TextTemplate]
    public string RaisedAndRuleEndedLine { get; set; } =
        """
        ℹ️
        *{accountCode}* {tradeName}
        · {cuc}
        · {code}
        · {labels}
        · {count} eventos, encerrado, a regra {rule} mudou
        """;

    /// <summary>Characters a message may have; what does not fit goes into the next one.</summary>
    [Range(500, 60_000)]
    public int Length { get; set; } = 8000;
}
