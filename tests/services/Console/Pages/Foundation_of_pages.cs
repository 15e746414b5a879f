using System.Net;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting.Limits;

namespace Sigma.ServiceTests.Console.Pages;

/// <summary>What all pages stand on: the document, its files, the language and the theme.</summary>
public sealed class Foundation_of_pages : IAsyncLifetime
{
    ConsolePages _console = null!;

    public async Task InitializeAsync() => _console = await ConsolePages.Start();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task A_page_is_in_the_browsers_language()
    {
        var portuguese = await _console.Page("/");
        Assert.Contains("<html lang=\"pt-BR\"", portuguese);
        Assert.Contains("Quadro", portuguese);
        var english = await _console.Page("/", "en");
        Assert.Contains("<html lang=\"en\"", english);
        Assert.Contains("Board", english);
        Assert.DoesNotContain("Quadro", english);
        Assert.Contains("<html lang=\"pt-BR\"", await _console.Page("/", "ja"));
    }

    [Fact]
    public async Task Nothing_of_a_page_is_inline()
    {
        var page = await _console.Page("/");
        Assert.DoesNotContain("<style", page);
        Assert.DoesNotContain("onclick=", page);
        Assert.All(page.Split("<script").Skip(1), script => Assert.Contains("src=", script[..script.IndexOf('>')]));
    }

    [Theory]
    [InlineData("console.css", "text/css"), InlineData("console.js", "text/javascript"), InlineData("blazor.web.js", "text/javascript"),
        InlineData("sigma.svg", "image/svg+xml")]
    public async Task A_file_of_the_page_is_kept_for_ever_under_its_version(string name, string type)
    {
        var page = await _console.Page("/");
        var address = page[page.IndexOf($"assets/{name}?v=", StringComparison.Ordinal)..];
        address = "/" + address[..address.IndexOf('"')];
        using var answer = await _console.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", $"{answer.Headers.CacheControl}");
        Assert.Equal("Accept-Encoding", $"{answer.Headers.Vary}");

        using HttpRequestMessage again = new(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _console.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using var other = await _console.Http.GetAsync($"/assets/{name}?v=0");
        Assert.True(other.Headers.CacheControl?.NoCache);
    }

    [Theory]
    [InlineData("br", "br"), InlineData("gzip, br", "br"), InlineData("gzip", "gzip"), InlineData("br;q=0, gzip", "gzip"),
        InlineData("identity", null)]
    public async Task A_file_is_compressed_as_the_browser_takes_it(string accepts, string? encoding)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/console.css");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        using var answer = await _console.Http.SendAsync(request);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        var plain = await _console.Http.GetByteArrayAsync("/assets/console.css");
        if (encoding is not null)
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length < plain.Length / 2);
    }

    [Theory]
    [InlineData("/assets/nothing.css"), InlineData("/assets/..%2Fconsole.css"), InlineData("/assets/Sigma.Console.csproj")]
    public async Task Nothing_else_is_served_as_a_file(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _console.Http.GetAsync(address)).StatusCode);

    [Fact]
    public async Task A_page_that_is_not_there_says_so_as_a_page()
    {
        using var answer = await _console.Ask("/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Página não encontrada", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        using var english = await _console.Ask("/nothing-here", "en");
        Assert.Contains("Page not found", await english.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Language_and_theme_are_kept_by_the_browser()
    {
        Assert.Equal("/history?rule=a", await Prefer(("language", "en"), ("back", "/history?rule=a")));
        Assert.Contains("<html lang=\"en\"", await _console.Page("/"));
        Assert.Equal("/", await Prefer(("theme", "dark"), ("back", "/")));
        Assert.Contains("data-theme=\"dark\"", await _console.Page("/"));
        Assert.Equal("/", await Prefer(("theme", "auto"), ("back", "/")));
        Assert.DoesNotContain("data-theme", await _console.Page("/"));
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example/"), InlineData("/\\evil.example/"), InlineData("/\tevil"), InlineData("")]
    public async Task A_preference_sends_nobody_to_another_site(string back) =>
        Assert.Equal("/", await Prefer(("theme", "light"), ("back", back)));

    [Fact]
    public async Task A_preference_without_the_pages_token_is_refused()
    {
        using var answer = await _console.Http.PostAsync("/preferences", new FormUrlEncodedContent([new("theme", "dark")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_ones_role_does_not_allow_is_said_as_a_page()
    {
        using var answer = await _console.Ask("/administration");
        Assert.Equal((HttpStatusCode.Forbidden, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Sem permissão", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public void A_live_page_may_be_looked_at_for_as_long_as_one_likes()
    {
        var circuits = _console.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.Contains("_blazor", StringComparison.Ordinal) == true).ToList();
        Assert.NotEmpty(circuits);
        Assert.All(circuits, circuit =>
        {
            Assert.NotNull(circuit.Metadata.GetMetadata<DisableRequestTimeoutAttribute>());
            Assert.Equal(2_000, circuit.Metadata.GetMetadata<EndpointLimits>()?.Requests);
        });
    }

    async Task<string?> Prefer(params (string Name, string Value)[] fields)
    {
        var page = await _console.Page("/");
        using var answer = await _console.Http.PostAsync("/preferences", new FormUrlEncodedContent(
            [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", TokenOf(page))]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location?.ToString();
    }

    static string TokenOf(string page)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var token = page[(page.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..];
        return token[..token.IndexOf('"')];
    }
}
