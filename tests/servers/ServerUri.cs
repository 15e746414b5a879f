namespace Sigma.TestServers;

/// <summary>A server as an environment variable names it: <c>scheme://user:password@host:port</c>.</summary>
internal sealed record ServerUri(string Host, int Port, string Username, string Password)
{
    public static ServerUri? FromEnvironment(string variable, string scheme, int defaultPort)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value) return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == scheme
            && uri.UserInfo.Split(':') is [{ Length: > 0 } user, var password]
            ? new ServerUri(uri.Host, uri.Port > 0 ? uri.Port : defaultPort, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : throw new FormatException($"{variable} must look like {scheme}://user:password@host:port.");
    }
}
