using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>A server that says of everybody who comes what a test wants it to (OpenID Connect).</summary>
internal sealed class OpenIdServer : IAsyncDisposable
{
    const string Client = "console", Secret = "the secret of the tests";

    readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "1" };
    readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> _codes = new();
    readonly WebApplication _app;

    OpenIdServer(WebApplication app) => _app = app;

    /// <summary>What it says; <c>iss</c>, <c>aud</c> and times are added.</summary>
    public Dictionary<string, object> Claims { get; set; } = [];

    public string Url => _app.Urls.First();

    public (string, string)[] Settings =>
    [
        ("OpenId:Authority", Url), ("OpenId:ClientId", Client), ("OpenId:ClientSecret", Secret), ("OpenId:RoleClaim", "realm_access.roles"),
        ("OpenId:LimitsClaim", "limits"), ("OpenId:Roles:Operator:0", "noc"), ("OpenId:Roles:Administrator:0", "boss"),
    ];

    public static async Task<OpenIdServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        OpenIdServer server = new(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = server.Url, ["authorization_endpoint"] = $"{server.Url}/authorize", ["token_endpoint"] = $"{server.Url}/token",
            ["jwks_uri"] = $"{server.Url}/keys", ["response_types_supported"] = (string[])["code"],
            ["subject_types_supported"] = (string[])["public"],
            ["id_token_signing_alg_values_supported"] = (string[])["RS256"],
        }));
        app.MapGet("/keys", () => Results.Text(JsonSerializer.Serialize(new { keys = (object[])[server.PublicKey()] }), "application/json"));
        app.MapGet("/authorize", server.Authorize);
        app.MapPost("/token", server.Token);
        await app.StartAsync();
        return server;
    }

    IResult Authorize(HttpRequest request)
    {
        Assert.Equal(("code", Client, "S256"),
            ((string?)request.Query["response_type"], (string?)request.Query["client_id"], (string?)request.Query["code_challenge_method"]));
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (request.Query["nonce"]!, request.Query["code_challenge"]!);
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
    }

    async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (!_codes.TryRemove($"{form["code"]}", out var begun) || form["client_secret"] != Secret
            || Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{form["code_verifier"]}"))) != begun.Challenge)
            return Results.BadRequest(new { error = "invalid_grant" });
        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 60, id_token = IdToken(begun.Nonce) });
    }

    string IdToken(string nonce)
    {
        Dictionary<string, object> claims = new(Claims) { ["nonce"] = nonce };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url, Audience = Client, Claims = claims, SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    object PublicKey()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(_key);
        return new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = key.N, e = key.E };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }
}
