using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Api;

/// <summary>The key of the internal API, compared so that the time it takes tells nothing of it.</summary>
internal sealed class ApiKey(IOptions<ApiOptions> options)
{
    const string Scheme = "Bearer ";

    readonly byte[] _hash = HashOf(options.Value.Key);

    /// <summary>Whether there is one: without it nobody is let in.</summary>
    public bool IsSet { get; } = options.Value.Key.Length > 0;

    public bool IsWith(HttpRequest request) => IsSet && request.Headers.Authorization is [{ } said]
        && said.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_hash, HashOf(said[Scheme.Length..].Trim()));

    // Of one length, whatever was said.
    static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
