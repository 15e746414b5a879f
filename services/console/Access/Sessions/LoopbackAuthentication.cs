using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>Signs in whoever sits at this machine, in the demonstration alone.</summary>
internal sealed class LoopbackAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Via"];

    /// <summary>
    /// Whether a request comes from a browser or program of this machine: not from a proxy on it, which asks for others, nor by a name that another
    /// site has pointed here.
    /// </summary>
    public static bool IsFromHere(HttpContext http) => http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsOurName(http.Request.Host.Host) && !Array.Exists(OfProxies, name => http.Request.Headers.ContainsKey(name));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(IsFromHere(Context)
        ? AuthenticateResult.Success(new(AccessClaims.OfLoopback(), Scheme.Name)) : AuthenticateResult.NoResult());

    static bool IsOurName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
