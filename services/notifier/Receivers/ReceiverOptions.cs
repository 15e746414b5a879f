using System.ComponentModel.DataAnnotations;

namespace Sigma.Notifier.Receivers;

/// <summary>Section <c>Notifier:Receivers:n</c>: who is told, in as many ways as it has integrations.</summary>
public sealed class ReceiverOptions
{
    /// <summary>Its name.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>Each has a name, a type, and the settings of its type beside them.</summary>
    public IList<IConfigurationSection> Integrations { get; set; } = [];
}

/// <summary>What every integration has in its section, whatever its type.</summary>
public sealed class IntegrationOptions
{
    /// <summary>In the deliveries, the logs and the metrics; no other integration has it.</summary>
    [Required, PlainName]
    public string Name { get; set; } = "";

    /// <summary>The type of its channel.</summary>
    [Required]
    public string Type { get; set; } = "";
}

/// <summary>A name that a column, a label of a metric and a list with commas can hold.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainNameAttribute : ValidationAttribute
{
    const int Longest = 32; // notifier_deliveries.channel

    protected override ValidationResult? IsValid(object? value, ValidationContext context) => value switch
    {
        not string or "" => ValidationResult.Success,
        string { Length: > Longest } => new ValidationResult($"must not be longer than {Longest} characters", [context.MemberName!]),
        string name when !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') =>
            new ValidationResult("must be letters, digits, '-', '_' and '.' alone", [context.MemberName!]),
        _ => ValidationResult.Success,
    };
}
