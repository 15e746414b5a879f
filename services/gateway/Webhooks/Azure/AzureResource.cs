namespace Sigma.Gateway.Webhooks.Azure;

/// <summary>Parts of a resource's id: <c>/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/virtualMachines/name</c>.</summary>
internal static class AzureResource
{
    public static string? Subscription(string? id) => After(id, "subscriptions");

    public static string? Group(string? id) => After(id, "resourcegroups");

    /// <summary>The kind of resource, as the id spells it; null where it is of none, such as a subscription.</summary>
    public static string? Kind(string? id) => OfProvider(id) is { Length: >= 3 } parts ? parts[^2] : null;

    /// <summary>The resource's own name.</summary>
    public static string? Name(string? id) => OfProvider(id) is { Length: >= 3 } parts ? parts[^1] : null;

    static string[] OfProvider(string? id)
    {
        var parts = Parts(id);
        var at = Array.FindLastIndex(parts, part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
        return at < 0 ? [] : parts[(at + 1)..];
    }

    static string? After(string? id, string name)
    {
        var parts = Parts(id);
        var at = Array.FindIndex(parts, part => part.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
    }

    static string[] Parts(string? id) => (id ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
}
