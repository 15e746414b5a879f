using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Texts;

/// <summary>A text whose placeholders are all known: those of an alert, or these.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextTemplateAttribute(params string[] placeholders) : ValidationAttribute
{
    readonly IReadOnlyList<string> _known = placeholders is [] ? Placeholder.All : placeholders;

    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string text && TextTemplate.UnknownIn(text, _known) is { } unknown
            ? new ValidationResult($"names {{{unknown}}}, which is not one of {{{string.Join("} {", _known)}}}", [context.MemberName!])
            : ValidationResult.Success;
}
