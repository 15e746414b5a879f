using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Integrations;

/// <summary>An integration that people made, as the book has it: what it says, and the hashes of its keys.</summary>
internal sealed record MadeIntegration
{
    /// <summary>What it says; its key is empty.</summary>
    public required IntegrationOptions Options { get; init; }

    /// <summary>SHA-256 of its key, in hexadecimal; null before a key was made: nobody can send.</summary>
    public string? KeyHash { get; init; }

    /// <summary>SHA-256 of the key before.</summary>
    public string? FormerKeyHash { get; init; }

    /// <summary>Until when the key before counts, UTC.</summary>
    public DateTimeOffset? FormerKeyUntil { get; init; }

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>For the book.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>From the book.</summary>
    /// <exception cref="JsonException">A newer version wrote it.</exception>
    public static MadeIntegration Read(string body) =>
        JsonSerializer.Deserialize<MadeIntegration>(body, Json) ?? throw new JsonException("It is empty.");

    /// <summary>What is wrong with what it says; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(IntegrationOptions options)
    {
        // A key of the right form stands in for the one that is kept hashed.
        var (key, former) = (options.Key, options.FormerKey);
        (options.Key, options.FormerKey) = (new string('k', IntegrationOptions.ShortestKey), "");
        var faults = SettingsReader.Failures(options, "");
        (options.Key, options.FormerKey) = (key, former);
        return [.. faults.Select(fault => fault.TrimStart('_'))];
    }
}
