using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Webhooks.Mapped;

internal static class MappingFaults
{
    /// <summary>What is wrong with a mapping, a sentence each.</summary>
    public static IEnumerable<string> Of(MappingOptions mapping)
    {
        if (mapping.TimeUnit is not (null or "seconds" or "milliseconds"))
            yield return $"Mapping__TimeUnit is {mapping.TimeUnit}: it is seconds or milliseconds";
        if ((mapping.Firing is null) != (mapping.Resolved is null))
            yield return "Mapping__Firing and Mapping__Resolved are set together, or neither is";
    }
}
