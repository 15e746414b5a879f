using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels;

/// <summary>Settings that every channel has.</summary>
public abstract class ChannelOptions : IValidatableObject
{
    /// <summary>Whether alerts go there.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether their ends do too.</summary>
    public bool OnClear { get; set; } = true;

    /// <summary>What happens when a call times out: it may have been processed, and no API here can be asked.</summary>
    public WhenUncertain WhenUncertain { get; set; } = WhenUncertain.SendAgain;

    /// <summary>Calls at a time, per notifier.</summary>
    [Range(1, 64)]
    public int ParallelCalls { get; set; } = 1;

    /// <summary>One message to a recipient in this time, all notifiers together; zero for no limit.</summary>
    [Duration("00:00:00", "01:00:00")]
    public TimeSpan MessageEvery { get; set; }

    /// <summary>Messages that may go out at once after a silence.</summary>
    [Range(1, 1000)]
    public int MessageBurst { get; set; } = 5;

    /// <summary>When more alerts than this wait for a recipient, many go out as one digest; zero for never.</summary>
    [Range(0, 1000)]
    public int DigestOver { get; set; }

    /// <summary>Alerts a digest names at most.</summary>
    [Range(2, 1000)]
    public int DigestSize { get; set; } = 100;

    /// <summary>
    /// Language of the texts below while they are ours, and of times: <c>pt-BR</c> or <c>en</c>; as <c>Notifier:Texts</c> has it if empty.
    /// </summary>
    [RegularExpression(Wording.LanguagesOrNone, ErrorMessage = "must be pt-BR or en")]
    public string Language { get; set; } = "";

    /// <summary>
    /// What is said of an alert. Lines are separated by line breaks or <c>\n</c>; one that names something without a value is left out.
    /// </summary>
    [Required, TextTemplate]
    public string RaisedText { get; set; } = "";

    /// <summary>What is said of its end.</summary>
    [Required, TextTemplate]
    public string ClearedText { get; set; } = "";

    /// <summary>The text of an alert that ended before it could be delivered.</summary>
    [Required, TextTemplate]
    public string RaisedAndClearedText { get; set; } = "";

    /// <summary>
    /// What is said when an alert ends because its rule was removed or changed: nobody has seen the volume normal. {count} is the raise's.
    /// </summary>
    [Required, TextTemplate]
    public string RuleEndedText { get; set; } = "";

    /// <summary>The same of an alert that could not be delivered before.</summary>
    [Required, TextTemplate]
    public string RaisedAndRuleEndedText { get; set; } = "";

    /// <summary>Whether of alerts that count nothing the short texts are said.</summary>
    internal virtual bool IsShort => false;

    /// <summary>The markup that messages are in.</summary>
    internal virtual Markup Markup => Markup.Plain;

    /// <summary>Between two lines of a text.</summary>
    internal virtual string LineBreak => "\n";

    /// <summary>Whether the vendor tells a call from its repetition: then one in doubt is simply made again.</summary>
    internal virtual bool RepeatsAreHarmless => false;

    /// <summary>Whether the vendor says only later what became of a message that it has taken, and by which name it is asked.</summary>
    internal virtual bool AnswersLater => false;

    /// <summary>Whether the vendor is told that somebody has taken an alert on.</summary>
    internal virtual bool TellsAcknowledgements => false;

    /// <summary>Whether people read it there and can be told once more: to a system that would be another alert.</summary>
    internal virtual bool TakesReminders => true;

    /// <summary>What is done in doubt.</summary>
    internal WhenUncertain InDoubt => RepeatsAreHarmless ? WhenUncertain.SendAgain : WhenUncertain;

    /// <summary>The recipient as it may be shown; null when there is none to show.</summary>
    internal virtual string? ShownRecipient => null;

    /// <summary>Whether recipients have turns: then a delivery may have to wait in line.</summary>
    internal bool IsRateLimited => MessageEvery > TimeSpan.Zero || DigestOver > 0;

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DigestSize <= DigestOver)
            yield return new ValidationResult("must be more than DigestOver", [nameof(DigestSize)]);
    }
}

/// <summary>What to do about a call that may have been processed.</summary>
public enum WhenUncertain
{
    /// <summary>Better twice than never.</summary>
    SendAgain,

    /// <summary>It stays <c>uncertain</c> until a person decides.</summary>
    AskAPerson,
}
