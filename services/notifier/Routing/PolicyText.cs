using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sigma.Hosting.Settings;

namespace Sigma.Notifier.Routing;

/// <summary>What people make of the policy, as JSON with the names of the settings.</summary>
public static class PolicyText
{
    const int Longest = 256 * 1024;

    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <summary>As text; the same policy gives the same text.</summary>
    public static string Write(PolicyOptions policy) => JsonSerializer.Serialize(policy, Json);

    /// <summary>From what was written, with the checks that need nothing else.</summary>
    /// <exception cref="PolicyTextException">It is no policy; each fault says what is wrong where.</exception>
    public static PolicyOptions Read(string text)
    {
        if (text.Length > Longest)
            throw new PolicyTextException([$"is longer than {Longest:#,0} characters"]);
        try
        {
            if (HasNull(JsonNode.Parse(text, null, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })))
                throw new PolicyTextException(["has a null in it: leave out what it does not say"]);
            var policy = JsonSerializer.Deserialize<PolicyOptions>(text, Json) ?? throw new PolicyTextException(["says nothing"]);
            var faults = SettingsReader.Failures(policy, "Policy").Select(Plain).ToList();
            return faults.Count == 0 ? policy : throw new PolicyTextException(faults);
        }
        catch (Exception e) when (e is JsonException or ArgumentException) // the other is a name that comes twice
        {
            throw new PolicyTextException([$"cannot be read: {e.Message}"]);
        }
    }

    static bool HasNull(JsonNode? node) => node switch
    {
        null => true,
        JsonObject members => members.Any(member => HasNull(member.Value)),
        JsonArray items => items.Any(HasNull),
        _ => false,
    };

    internal static string Plain(string failure) => failure.Replace("Policy__", "").Replace("__", ".");
}

/// <summary>What people made is no policy.</summary>
/// <param name="faults">Each names the field and says what is wrong with it.</param>
public sealed class PolicyTextException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    /// <summary>Each names the field and says what is wrong with it.</summary>
    public IReadOnlyList<string> Faults => faults;
}
