using Sigma.OperatorConsole.Access;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Api;

/// <summary>What requests to the API have in common.</summary>
internal static class Requests
{
    const string IdempotencyKey = "Idempotency-Key";
    const int LongestKey = 200;

    /// <summary>The names and values behind the question mark, without those that are the endpoint's own.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Filter(this HttpRequest request, params string[] own)
    {
        foreach (var (name, values) in request.Query)
            if (!own.Contains(name, StringComparer.OrdinalIgnoreCase))
                foreach (var value in values)
                    yield return new(name, value);
    }

    /// <summary>
    /// The identity of a command: what <c>Idempotency-Key</c> says, a UUID or any text that this caller uses for one command alone; made up without
    /// it.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The key is empty or too long.</exception>
    public static Guid CommandId(this HttpRequest request, Caller caller)
    {
        if (!request.Headers.TryGetValue(IdempotencyKey, out var said))
            return Guid.CreateVersion7();
        var key = said.ToString().Trim().Trim('"');
        if (key.Length is 0 or > LongestKey)
            throw new BadHttpRequestException($"{IdempotencyKey} has 1 to {LongestKey} characters.");
        // Somebody else's key is another one, also where both use the same UUID.
        return Ids.From("idempotency", caller.Name, Guid.TryParse(key, out var id) ? id.ToString("N") : key);
    }
}
