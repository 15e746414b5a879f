using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Routing;

namespace Sigma.Notifier.Silences;

/// <summary>Section <c>Notifier:Silences:n</c>: a silence that nobody ends by command.</summary>
public sealed class SilenceOptions : IValidatableObject
{
    /// <summary>Its name.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>Conditions that an alert must all fit.</summary>
    [ReadableMatchers, MinLength(1)]
    public IList<string> Matchers { get; set; } = [];

    /// <summary>When it begins, with its offset, as <c>2026-12-24T18:00:00Z</c>; empty where it has begun.</summary>
    [ReadableTime]
    public string From { get; set; } = "";

    /// <summary>When it ends.</summary>
    [Required, ReadableTime]
    public string Until { get; set; } = "";

    /// <summary>Why.</summary>
    [Required, MaxLength(500)]
    public string Why { get; set; } = "";

    internal Silence Silence => new(Storage.Ids.From(["silence", Name, From, Until, .. Matchers]), MatcherSet.Parse(Matchers),
        From.Length > 0 ? ReadableTimeAttribute.Read(From) : Silences.Silence.SinceEver, ReadableTimeAttribute.Read(Until), "the settings", Why)
    {
        Setting = Name,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From.Length > 0 && ReadableTimeAttribute.Read(Until) <= ReadableTimeAttribute.Read(From))
            yield return new("must be after From", [nameof(Until)]);
    }
}

/// <summary>A time that says which offset it is of.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class ReadableTimeAttribute : ValidationAttribute
{
    /// <exception cref="FormatException">It is none; the message goes on after the name of the setting.</exception>
    public static DateTimeOffset Read(string text) =>
        WithOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : throw new FormatException($"is not a time with its offset: write 2026-12-24T18:00:00Z or 2026-12-24T15:00:00-03:00, not {text}");

    protected override ValidationResult? IsValid(object? value, ValidationContext context)
    {
        try
        {
            if (value is string { Length: > 0 } text)
                Read(text);
            return ValidationResult.Success;
        }
        catch (FormatException e)
        {
            return new ValidationResult(e.Message, [context.MemberName!]);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex WithOffset();
}
