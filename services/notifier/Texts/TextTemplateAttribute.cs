using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Texts;

/// <summary>A text whose placeholders are all known.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextTemplateAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        value is string text && TextTemplate.UnknownIn(text) is { } unknown
            ? new ValidationResult($"names {{{unknown}}}, which is not one of {{{string.Join("} {", Placeholder.All)}}}", [context.MemberName!])
            : ValidationResult.Success;
}
