using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.SelfMonitoring;

/// <summary>The words of a warning and of its end.</summary>
internal sealed class SelfMonitoringText(LocalTime local, IOptions<NotifierOptions> options)
{
    public const int LongestReason = 200;

    public static readonly IReadOnlyList<string> Placeholders = ["source", "from", "to", "duration", "reason", "reportedAt"];

    SelfMonitoringOptions Options => options.Value.Blindness;

    // Notices are the same on all channels.
    string Language => options.Value.Texts.Language;

    /// <param name="source">The source.</param>
    /// <param name="from">Since when it is not watched.</param>
    /// <param name="now">The moment.</param>
    /// <param name="reason">A better one than the last report's.</param>
    public string Warning(SourceState source, DateTimeOffset from, DateTimeOffset now, string? reason = null)
    {
        reason ??= source.IsSilent(now.ToUnixTimeMilliseconds(), Options.After) ? Options.SilenceReason
            : source.IsUncounted(Options.After) ? Options.UncountedReason : source.Reason ?? "";
        return Render(source.Source.Length > 0 ? Options.BlindText : Options.NeverSawText, new()
        {
            ["source"] = OutsideText.Line(source.Source),
            ["from"] = local.Show(from, Language),
            ["duration"] = LocalTime.Show(now - from),
            ["reason"] = OutsideText.Line(Wording.In(Language, reason)).Truncate(LongestReason),
            ["reportedAt"] = local.Show(source.ReportedTime, Language),
        });
    }

    public string AllClear(SourceState source, DateTimeOffset from, DateTimeOffset to) => Render(Options.SeesAgainText, new()
    {
        ["source"] = OutsideText.Line(source.Source),
        ["from"] = local.Show(from, Language),
        ["to"] = local.Show(to, Language),
        ["duration"] = LocalTime.Show(to - from),
    });

    // In WhatsApp's markup, of which other channels take the plain text.
    string Render(string template, Dictionary<string, string> values) =>
        new TextTemplate(Wording.In(Language, template)).Render(values, Markup.WhatsApp.Escape);
}

/// <summary>A text whose placeholders are all known.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SelfMonitoringTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string text && TextTemplate.UnknownIn(text, SelfMonitoringText.Placeholders) is { } unknown
            ? new ValidationResult($"names {{{unknown}}}, which is not one of {{{string.Join("} {", SelfMonitoringText.Placeholders)}}}",
                [context.MemberName!])
            : ValidationResult.Success;
}
