using System.ComponentModel.DataAnnotations;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks.Mapped;

internal static class MappingFaults
{
    /// <summary>What is wrong with a mapping, a sentence each.</summary>
    public static IEnumerable<ValidationResult> Of(MappingOptions mapping)
    {
        if ((mapping.Firing is null) != (mapping.Resolved is null))
            yield return new("and Mapping__Resolved are set together, or neither is", ["Mapping__Firing"]);
    }
}
