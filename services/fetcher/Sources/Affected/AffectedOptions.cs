using System.ComponentModel.DataAnnotations;

namespace Sigma.Fetcher.Sources.Affected;

/// <summary>
/// Section <c>Fetcher:Affected:n</c>: what of a provider's a site of ours stands on. An outage of that is also reported with the site's labels.
/// </summary>
public sealed class AffectedOptions : IValidatableObject
{
    const int MostLabels = 16, LongestLabels = 400;

    /// <summary>The provider, as the feed's label has it; <c>*</c> for any.</summary>
    [Required]
    public string Provider { get; set; } = "*";

    /// <summary>The service, as the feed writes it; <c>*</c> for any.</summary>
    [Required]
    public string Service { get; set; } = "*";

    /// <summary>The region, as the feed's label has it; <c>*</c> for any.</summary>
    [Required]
    public string Region { get; set; } = "*";

    /// <summary>The labels of what stands on it, for example <c>account</c> or <c>site</c>; names in lower case.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Labels.Count is 0 or > MostLabels || Labels.Sum(label => label.Key.Length + label.Value.Length) > LongestLabels)
            yield return new ValidationResult($"are 1 to {MostLabels} labels of {LongestLabels} characters in all", [nameof(Labels)]);
        foreach (var name in Labels.Keys.Where(name => name.Any(char.IsUpper) || name is "provider" or "service" or "region"))
            yield return new ValidationResult($"has the name {name}: names are in lower case, and provider, service and region are the outage's",
                [nameof(Labels)]);
    }
}
