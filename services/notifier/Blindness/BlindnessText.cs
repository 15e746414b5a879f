using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Blindness;

/// <summary>The words of a warning and of its end.</summary>
internal sealed class BlindnessText(LocalTime local, IOptions<NotifierOptions> options)
{
    public const int LongestReason = 200;

    public static readonly IReadOnlyList<string> Placeholders = ["source", "from", "to", "duration", "reason", "reportedAt"];

    BlindnessOptions Options => options.Value.Blindness;

    /// <param name="watched">The source.</param>
    /// <param name="from">Since when it is not watched.</param>
    /// <param name="now">The moment.</param>
    /// <param name="reason">A better one than the last report's.</param>
    public string Warning(Watched watched, DateTimeOffset from, DateTimeOffset now, string? reason = null)
    {
        reason ??= watched.IsSilent(now.ToUnixTimeMilliseconds(), Options.After) ? Options.SilenceReason
            : watched.IsUncounted(Options.After) ? Options.UncountedReason : watched.Reason ?? "";
        return Render(watched.Source.Length > 0 ? Options.BlindText : Options.NeverSawText, new()
        {
            ["source"] = OutsideText.Line(watched.Source),
            ["from"] = local.Show(from),
            ["duration"] = LocalTime.Show(now - from),
            ["reason"] = OutsideText.Line(reason).Cut(LongestReason),
            ["reportedAt"] = local.Show(watched.ReportedTime),
        });
    }

    public string AllClear(Watched watched, DateTimeOffset from, DateTimeOffset to) => Render(Options.SeesAgainText, new()
    {
        ["source"] = OutsideText.Line(watched.Source),
        ["from"] = local.Show(from),
        ["to"] = local.Show(to),
        ["duration"] = LocalTime.Show(to - from),
    });

    // In WhatsApp's markup, of which other channels take the plain text.
    static string Render(string template, Dictionary<string, string> values) => new TextTemplate(template).Render(values, OutsideText.ForWhatsApp);
}

/// <summary>A text whose placeholders are all known.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlindnessTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string text && TextTemplate.UnknownIn(text, BlindnessText.Placeholders) is { } unknown
            ? new ValidationResult($"names {{{unknown}}}, which is not one of {{{string.Join("} {", BlindnessText.Placeholders)}}}", [context.MemberName!])
            : ValidationResult.Success;
}
