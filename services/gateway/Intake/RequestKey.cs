using System.Net.Http.Headers;
using System.Text;

namespace Sigma.Gateway.Intake;

/// <summary>Where a request shows its key.</summary>
internal static class RequestKey
{
    /// <summary>Names of the query in which senders put a key that can be in no header.</summary>
    static readonly string[] InQuery = ["key", "token", "access_token", "api_key", "auth_token"];

    static readonly string[] InHeader = ["X-Api-Key", "Api-Key", "X-Auth-Token"];

    /// <summary>
    /// The key: of the header Authorization (the password of Basic, or what follows any other scheme, <c>Token id=</c> and the like left off), of a
    /// header such as X-Api-Key, or of the query; null when there is none.
    /// </summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ Length: > 0 } said, ..] && OfAuthorization(said) is { } key)
            return key;
        foreach (var name in InHeader)
            if (request.Headers[name] is [{ Length: > 0 } value, ..])
                return value;
        foreach (var name in InQuery)
            if (request.Query[name] is [{ Length: > 0 } value, ..])
                return value;
        return null;
    }

    static string? OfAuthorization(string said)
    {
        if (!AuthenticationHeaderValue.TryParse(said, out var header))
            return said.Trim();
        if (header.Parameter is not { Length: > 0 } parameter)
            return header.Scheme; // the bare key, as some senders have it
        return header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? Password(parameter) : parameter.Trim();
    }

    // The password; where it is empty the user, as some senders know no password.
    static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':');
        return colon < 0 ? pair : colon + 1 < pair.Length ? pair[(colon + 1)..] : pair[..colon];
    }
}
