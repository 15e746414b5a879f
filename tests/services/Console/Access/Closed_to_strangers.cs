using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>What is open to whom, endpoint by endpoint, and what every answer says to a browser.</summary>
public sealed class Closed_to_strangers
{
    // The script and the picture of the API's page are the same for everybody, and say nothing of the station; the page itself is closed.
    static readonly string[] Open = ["/health", "/metrics", "/sign-in", "/assets", "/preferences", "/problem", "/openapi/scalar.js",
        "/openapi/scalar.aspnetcore.js", "/openapi/favicon.svg", "/others"];

    [Fact]
    public async Task No_endpoint_answers_who_has_not_signed_in_but_those_that_are_meant_to()
    {
        await using var session = await AccessSession.Start();
        using HttpClient stranger = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = session.Url };
        var asked = 0;
        foreach (var endpoint in session.Endpoints)
        {
            var path = PathOf(endpoint.RoutePattern);
            if (Open.Any(open => path == open || path.StartsWith(open + "/", StringComparison.Ordinal)))
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path);
                using var answer = await stranger.SendAsync(request);
                var isClosed = answer.StatusCode is HttpStatusCode.Unauthorized
                    || answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-in");
                Assert.True(isClosed, $"{method} {path}: {(int)answer.StatusCode}");
                asked++;
            }
        }
        Assert.True(asked > 20, $"{asked}");
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/there-is-no-such-page")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/there-is-none")).StatusCode);
    }

    [Fact]
    public async Task Other_services_of_the_process_answer_as_before()
    {
        await using var session = await AccessSession.Start();
        using HttpClient stranger = new() { BaseAddress = session.Url };
        Assert.Equal("from another service", await stranger.GetStringAsync("/others/hello"));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/metrics")).StatusCode);
        using var health = await stranger.GetAsync("/health/live");
        Assert.False(health.Headers.Contains("Content-Security-Policy"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/internal/tests/hello")).StatusCode);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessSession.Key);
        Assert.Equal("from within", await stranger.GetStringAsync("/internal/tests/hello"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/me")).StatusCode);
    }

    [Theory, InlineData("/sign-in"), InlineData("/account"), InlineData("/administration"), InlineData("/api/v1/me"), InlineData("/api/v1/none")]
    public async Task Every_answer_says_what_a_browser_may_do(string path)
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        var answer = await browser.Get(path);

        Assert.Equal("default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
            + "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
            answer.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task No_page_has_a_script_or_a_style_within_it()
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        foreach (var path in (string[])["/sign-in", "/account", "/administration", "/administration/tokens", "/administration/audit",
            "/administration/settings"])
        {
            var answer = await browser.Get(path);
            Assert.Equal(200, answer.Status);
            Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)", answer.Body);
            Assert.DoesNotMatch("<style|\\son[a-z]+=\"", answer.Body);
        }
    }

    [Fact]
    public async Task In_the_demonstration_whoever_sits_at_the_machine_is_an_operator_and_nobody_else()
    {
        await using var session = await AccessSession.Start(("Console:SignInOnLoopback", "true"));
        using var browser = session.Browse();
        var me = (await browser.Get("/api/v1/me")).Json;
        Assert.Equal(("demo", "Operator"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(200, (await browser.Get("/account")).Status);

        Assert.Equal(401, (await browser.Get("/api/v1/me", ("Host", "evil.example"))).Status);
        Assert.Equal(401, (await browser.Get("/api/v1/me", ("X-Forwarded-For", "203.0.113.7"))).Status);
        Assert.Equal(401, (await browser.Get("/api/v1/me", ("Forwarded", "for=203.0.113.7"))).Status);
        Assert.Equal(403, (await browser.Json(HttpMethod.Post, "/api/v1/tokens", new { })).Status);
        Assert.Equal(403, (await browser.Get("/administration")).Status);

        await browser.SignIn("admin", AccessSession.Password);
        Assert.Equal("admin", (await browser.Get("/api/v1/me")).Json.GetProperty("name").GetString());
    }

    static string PathOf(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(
        part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => ValueOf(parameter),
            _ => "",
        }))));

    static string ValueOf(RoutePatternParameterPart parameter) => parameter.ParameterPolicies.Select(policy => policy.Content).ToList() switch
    {
        var all when all.Contains("guid") => "0192f0c1-0000-7000-8000-000000000000",
        var all when all.Contains("long") || all.Contains("int") => "1",
        _ => "x",
    };
}
