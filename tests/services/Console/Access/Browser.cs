using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>What a browser does with the pages: keeps cookies, fills forms in, and sends what is hidden in them.</summary>
internal sealed partial class Browser : IDisposable
{
    readonly HttpClient _http;

    public Browser(Uri url)
    {
        _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = url };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public CookieContainer Cookies { get; } = new();

    public string? Session => Cookies.GetCookies(_http.BaseAddress!)["sigma.console"]?.Value;

    public Task<PageAnswer> Get(string path, params (string Name, string Value)[] headers) => Send(new(HttpMethod.Get, path), headers);

    public Task<PageAnswer> SignIn(string name, string password, string page = "/sign-in") =>
        Submit(page, "sign-in", ("Form.Name", name), ("Form.Password", password));

    /// <summary>Opens a page and sends one of its forms.</summary>
    public async Task<PageAnswer> Submit(string page, string form, params (string Name, string Value)[] fields)
    {
        var shown = await Get(page);
        Assert.True(shown.Status == 200, $"{page}: {shown.Status} {shown.Location}");
        return await Post(page, [.. Hidden(shown.Body, form), .. fields]);
    }

    public Task<PageAnswer> Post(string path, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] headers) =>
        Send(new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        }, headers);

    public Task<PageAnswer> Json(HttpMethod method, string path, object? body) =>
        Send(new(method, path) { Content = body is null ? null : JsonContent.Create(body) }, []);

    /// <summary>What is hidden in a form.</summary>
    public static IEnumerable<(string Name, string Value)> Hidden(string page, string form)
    {
        var found = Forms().Matches(page).Select(match => match.Value)
            .Single(text => Inputs(text).Contains(("_handler", form)) || (form == "sign-out" && text.Contains("action=\"sign-out\"")));
        return [.. Inputs(found)];
    }

    async Task<PageAnswer> Send(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await _http.SendAsync(request);
            var location = answer.Headers.Location is not { } to ? null : to.IsAbsoluteUri && to.Authority == _http.BaseAddress!.Authority
                ? to.PathAndQuery : to.OriginalString;
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), location, answer.Headers,
                answer.Content.Headers.ContentType?.MediaType);
        }
    }

    static IEnumerable<(string, string)> Inputs(string form) => HiddenInputs().Matches(form).Select(match => match.Value).Select(input =>
        (WebUtility.HtmlDecode(Named(input, "name")), WebUtility.HtmlDecode(Named(input, "value"))));

    static string Named(string input, string attribute) => Regex.Match(input, $"\\b{attribute}=\"([^\"]*)\"").Groups[1].Value;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInputs();
}
