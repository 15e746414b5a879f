using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.Hosting.Limits;
using Sigma.Hosting.Settings;

namespace Sigma.ServiceTests.Hosting;

/// <summary>A service with an internal API, as the console asks it.</summary>
public sealed class Internal_api : IAsyncLifetime
{
    const string Key = "a key of the tests";

    readonly List<WebApplication> _services = [];
    readonly string _file = Path.Combine(Path.GetTempPath(), $"api-{Guid.NewGuid():N}.db");
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task InitializeAsync()
    {
        _http.BaseAddress = await Start(Key);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    [Theory]
    [InlineData(null), InlineData("Bearer"), InlineData("Bearer "), InlineData("Bearer a key of the test"), InlineData("Bearer a key of the tests!"),
        InlineData("Basic a key of the tests"), InlineData("a key of the tests")]
    public async Task Without_the_key_nobody_is_let_in_nor_is_anything_read(string? authorization)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/internal/tests/double") { Content = new StringContent("{") };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using HttpClient stranger = new() { BaseAddress = _http.BaseAddress };
        using var answer = await stranger.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, $"{answer.Headers.WwwAuthenticate}"));
        Assert.Equal("The key of the internal API is missing or wrong.", await Detail(answer));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Who_has_the_key_is_answered()
    {
        using var answer = await _http.PostAsJsonAsync("/internal/tests/double", new { number = 21 });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"number":42}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_is_off_where_no_key_is_set()
    {
        using HttpClient http = new() { BaseAddress = await Start("") };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ");
        using var answer = await http.PostAsJsonAsync("/internal/tests/double", new { number = 21 });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void A_key_that_is_short_or_cannot_be_sent_ends_the_start()
    {
        Assert.Equal(["Api__Key has 5 characters: a key has 16 at least"], Faults("short"));
        Assert.Equal(["Api__Key has a character that no HTTP header may have (character that is not ASCII, at position 3)"],
            Faults("chãve bastante longa"));
        Assert.Empty(Faults(""));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "The body cannot be read: ")]
    [InlineData("""{"number":"much"}""", HttpStatusCode.BadRequest, "The body cannot be read: ")]
    [InlineData("""{"number":1,"nombre":2}""", HttpStatusCode.BadRequest, "The body cannot be read: ")]
    [InlineData("", HttpStatusCode.BadRequest, "")]
    public async Task A_body_that_is_wrong_is_refused_with_a_sentence(string body, HttpStatusCode status, string sentence)
    {
        using var answer = await _http.PostAsync("/internal/tests/double", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(status, answer.StatusCode);
        Assert.StartsWith(sentence, await Detail(answer));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var answer = await _http.PostAsJsonAsync("/internal/tests/double", new { text = new string('x', EndpointLimits.SmallBody) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await Detail(answer);
    }

    [Fact]
    public async Task What_fails_inside_is_not_told()
    {
        using var answer = await _http.GetAsync("/internal/tests/fail");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("Something went wrong; the service's log says what.", await Detail(answer));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_given_up()
    {
        using var answer = await _http.GetAsync("/internal/tests/slow");
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(null, null, "null")]
    [InlineData("\"7\"", null, "7")]
    [InlineData(null, "*", "0")]
    [InlineData("\"seven\"", null, null)]
    [InlineData("\"7\", \"8\"", null, null)]
    [InlineData("W/\"7\"", null, null)]
    [InlineData("7", null, null)]
    [InlineData("*", null, null)]
    [InlineData("\"7\"", "*", null)]
    [InlineData(null, "\"7\"", null)]
    public async Task A_change_says_by_which_revision_it_must_still_be_so(string? ifMatch, string? ifNoneMatch, string? expected)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/internal/tests/expected");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using var answer = await _http.SendAsync(request);

        Assert.Equal(expected is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.StatusCode);
        if (expected is not null)
            Assert.Equal((expected, "\"12\""), (await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.Tag));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        foreach (var service in _services)
        {
            await service.StopAsync();
            await service.DisposeAsync();
        }
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }

    static async Task<string> Detail(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        return problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }

    static IEnumerable<string> Faults(string key)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Api:Key", key)]).Build();
        try
        {
            SettingsReader.Read<ApiOptions>(settings, "Api");
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }

    async Task<Uri> Start(string key)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={_file}{_services.Count};Pooling=False",
            ["Bus:Transport"] = "InMemory", ["LOG_FORMAT"] = "none", ["Api:Key"] = key,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _services.Add(await ServiceHost.Start("api", builder, service => service.Api("tests", null, app =>
        {
            app.MapPost("/double", (Number number) => new Number(2 * number.Value));
            app.MapGet("/fail", object () => throw new InvalidOperationException("the password is 1234"));
            app.MapGet("/slow", (CancellationToken ct) => Task.Delay(Timeout.Infinite, ct))
                .WithLimits(EndpointLimits.Small with { Timeout = TimeSpan.FromMilliseconds(200) });
            app.MapGet("/expected", (HttpContext http) =>
            {
                http.Response.SetRevision(12);
                return Results.Text(http.Request.ExpectedRevision() is { } revision ? $"{revision}" : "null");
            });
        }), CancellationToken.None));
        return new Uri(_services[^1].Urls.First());
    }

    sealed record Number([property: System.Text.Json.Serialization.JsonPropertyName("number")] int Value);
}
