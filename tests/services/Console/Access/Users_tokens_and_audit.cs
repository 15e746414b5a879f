using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>What administrators do, and that nobody else does.</summary>
public sealed class Users_tokens_and_audit
{
    static readonly (string Method, string Path, object? Body)[] Calls =
    [
        ("GET", "/api/v1/users", null),
        ("GET", "/api/v1/users/{user}", null),
        ("POST", "/api/v1/users", new { name = "mallory", role = "Administrator" }),
        ("PUT", "/api/v1/users/{user}", new { role = "Viewer", disabled = true }),
        ("POST", "/api/v1/users/{user}/reset-password", null),
        ("DELETE", "/api/v1/users/{user}", null),
        ("GET", "/api/v1/tokens", null),
        ("POST", "/api/v1/tokens", new { name = "mine", role = "Administrator", expiresAt = "2027-01-01T00:00:00Z" }),
        ("DELETE", "/api/v1/tokens/{user}", null),
        ("GET", "/api/v1/audit", null),
    ];

    static readonly string[] Pages =
        ["/administration", "/administration/users/{user}", "/administration/tokens", "/administration/audit", "/administration/settings"];

    [Fact]
    public async Task Nobody_but_an_administrator_who_sees_everything_does_anything_of_it()
    {
        await using var session = await AccessSession.Start();
        var admin = (await session.Users.List(AccessSession.System, default)).Single();
        List<(Role, LabelLimits)> others =
            [(Role.Viewer, LabelLimits.None), (Role.Operator, LabelLimits.None), (Role.Engineer, LabelLimits.None),
                (Role.Administrator, AccessSession.Limited)];
        foreach (var (role, limits) in others)
        {
            using var program = await session.Program(role, limits);
            foreach (var (method, path, body) in Calls)
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path.Replace("{user}", $"{admin.UserId}"));
                request.Content = body is null ? null : JsonContent.Create(body);
                using var answer = await program.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{role} {method} {path}: {answer.StatusCode}");
            }
            var name = $"{role}-{limits.Values.Count}".ToLowerInvariant();
            await session.Add(name, role, limits);
            using var browser = await session.Browse(name);
            foreach (var page in Pages)
                Assert.Equal(403, (await browser.Get(page.Replace("{user}", $"{admin.UserId}"))).Status);
        }
        Assert.Equal(5, (await session.Users.List(AccessSession.System, default)).Count);
    }

    [Fact]
    public async Task An_administrator_adds_changes_and_removes_users_over_the_api()
    {
        await using var session = await AccessSession.Start();
        using var program = await session.Program(Role.Administrator);
        var limits = new Dictionary<string, string[]> { ["company"] = ["Vigília Sul"], ["account"] = ["0042", "0043"] };
        var added = await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "Eva", role = "operator", limits }), 201);
        var id = added.GetProperty("user").GetProperty("userId").GetGuid();
        Assert.Equal("eva", added.GetProperty("user").GetProperty("name").GetString());
        using var eva = session.Browse();
        Assert.Equal(302, (await eva.SignIn("eva", added.GetProperty("password").GetString()!)).Status);

        Assert.Equal("Another user has that name already.",
            Detail(await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "EVA ", role = "Viewer" }), 422)));
        await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "x", role = "3" }), 422);
        await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "demo", role = "Viewer" }), 422);
        await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "admin (token)", role = "Viewer" }), 422);
        await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "a\u202Eb", role = "Viewer" }), 422);
        await Body(await program.PostAsJsonAsync("/api/v1/users", new { name = "y", role = "Viewer",
            limits = new Dictionary<string, string[]> { ["company"] = [] } }), 422);

        var changed = await Body(await program.PutAsJsonAsync($"/api/v1/users/{id}", new { role = "Engineer" }), 200);
        Assert.Equal(("Engineer", 0),
            (changed.GetProperty("role").GetString(), changed.GetProperty("limits").EnumerateObject().Count()));
        Assert.Equal(302, (await eva.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync($"/api/v1/users/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.DeleteAsync($"/api/v1/users/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync($"/api/v1/users/{id}")).StatusCode);

        var audit = await Body(await program.GetAsync("/api/v1/audit?what=user&subject=ev&limit=2"), 200);
        Assert.Equal(["user.remove", "user.change"], What(audit));
        var change = audit.GetProperty("items")[1];
        Assert.Equal(("Operator", "Engineer"),
            (change.GetProperty("before").GetProperty("role").GetString(), change.GetProperty("after").GetProperty("role").GetString()));
        var after = audit.GetProperty("next").GetString();
        Assert.Equal(["user.add"], What(await Body(await program.GetAsync($"/api/v1/audit?what=user&subject=ev&limit=2&after={after}"), 200)));
        await Body(await program.GetAsync("/api/v1/audit?after=nonsense"), 400);
        Assert.Empty((await Body(await program.GetAsync("/api/v1/audit?what=%25"), 200)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_last_administrator_stays_and_nobody_takes_rights_from_themself()
    {
        await using var session = await AccessSession.Start();
        var admin = (await session.Users.List(AccessSession.System, default)).Single();
        async Task<AccessProblem> Refused(Func<Task> act) => (await Assert.ThrowsAsync<AccessRefusedException>(act)).Problem;
        Caller self = new("admin", Role.Administrator, LabelLimits.None);

        Assert.Equal(AccessProblem.LastAdministrator, await Refused(() => session.Users.Remove(admin.UserId, AccessSession.System, default)));
        Assert.Equal(AccessProblem.LastAdministrator, await Refused(() =>
            session.Users.Change(admin.UserId, Role.Viewer, LabelLimits.None, false, AccessSession.System, default)));
        Assert.Equal(AccessProblem.LastAdministrator, await Refused(() =>
            session.Users.Change(admin.UserId, Role.Administrator, AccessSession.Limited, false, AccessSession.System, default)));
        Assert.Equal(AccessProblem.LastAdministrator, await Refused(() =>
            session.Users.Change(admin.UserId, Role.Administrator, LabelLimits.None, true, AccessSession.System, default)));
        await session.Users.Add("eva", Role.Administrator, LabelLimits.None, AccessSession.System, default);
        Assert.Equal(AccessProblem.Oneself, await Refused(() => session.Users.Remove(admin.UserId, self, default)));
        Assert.Equal(AccessProblem.Oneself, await Refused(() =>
            session.Users.Change(admin.UserId, Role.Viewer, LabelLimits.None, false, self, default)));
        Assert.True(await session.Users.Remove(admin.UserId, AccessSession.System, default));
    }

    [Fact]
    public async Task A_token_is_good_until_it_expires_or_is_revoked_and_is_kept_nowhere()
    {
        await using var session = await AccessSession.Start();
        using var administrator = await session.Program(Role.Administrator);
        var made = await Body(await administrator.PostAsJsonAsync("/api/v1/tokens",
            new { name = "painel", role = "Viewer", expiresAt = session.Clock.GetUtcNow().AddHours(1) }), 201);
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Matches("^sct_[A-Za-z0-9_-]{43}$", secret);
        using var program = session.Program(secret);
        var me = await Body(await program.GetAsync("/api/v1/me"), 200);
        Assert.Equal(("painel (token)", "Viewer"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(HttpStatusCode.Redirect, (await program.GetAsync("/account")).StatusCode);

        var listed = (await Body(await administrator.GetAsync("/api/v1/tokens"), 200)).EnumerateArray()
            .Single(token => token.GetProperty("name").GetString() == "painel");
        Assert.True(listed.GetProperty("isActive").GetBoolean());
        Assert.Equal(JsonValueKind.String, listed.GetProperty("lastUsedAt").ValueKind);
        foreach (var stored in await session.Query<string>("select name || hash || role from console_tokens"))
            Assert.DoesNotContain(secret[4..], stored);
        Assert.DoesNotContain(secret[4..], string.Concat(await session.Query<string>("select coalesce(`after`, '') from console_audit")));

        var id = made.GetProperty("view").GetProperty("tokenId").GetGuid();
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync($"/api/v1/tokens/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.DeleteAsync($"/api/v1/tokens/{id}")).StatusCode);
        await Body(await program.GetAsync("/api/v1/me"), 401);

        using var shortLived = await session.Program(Role.Viewer, life: TimeSpan.FromMinutes(10));
        await Body(await shortLived.GetAsync("/api/v1/me"), 200);
        session.Clock.Advance(TimeSpan.FromMinutes(11));
        await Body(await shortLived.GetAsync("/api/v1/me"), 401);
    }

    [Theory, InlineData(""), InlineData("sct_"), InlineData("sct_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("' or 1=1 --")]
    public async Task A_token_that_is_made_up_is_told_no(string token)
    {
        await using var session = await AccessSession.Start();
        using HttpClient http = new() { BaseAddress = session.Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await http.GetAsync("/api/v1/me");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer", "application/problem+json"),
            (answer.StatusCode, $"{answer.Headers.WwwAuthenticate}", answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_token_that_never_expires_is_not_made()
    {
        await using var session = await AccessSession.Start();
        using var program = await session.Program(Role.Administrator);
        foreach (var at in (DateTimeOffset[])[session.Clock.GetUtcNow().AddYears(5), session.Clock.GetUtcNow().AddMinutes(-1)])
            await Body(await program.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "Viewer", expiresAt = at }), 422);
    }

    [Fact]
    public async Task A_cookie_reads_by_the_api_and_changes_nothing()
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        Assert.Equal(200, (await browser.Get("/api/v1/users")).Status);
        var answer = await browser.Json(HttpMethod.Post, "/api/v1/users", new { name = "mallory", role = "Administrator" });
        Assert.Equal((403, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    [Fact]
    public async Task A_name_with_markup_is_shown_as_it_is_written()
    {
        await using var session = await AccessSession.Start();
        const string Name = "<img src=x onerror=alert(1)>";
        using var browser = await session.Browse("admin");
        var added = await browser.Submit("/administration", "add-user", ("Form.Name", Name), ("Form.Role", "Viewer"),
            ("Form.Limits", "company=<b>Sul</b>"));
        Assert.Equal(200, added.Status);
        var made = await browser.Submit("/administration/tokens", "add-token", ("Form.Name", Name), ("Form.Role", "Viewer"), ("Form.Days", "30"));
        Assert.Contains("sct_", made.Body);
        foreach (var page in (string[])["/administration", "/administration/tokens", "/administration/audit"])
        {
            var body = (await browser.Get(page)).Body;
            Assert.DoesNotContain("<img src=x", body);
            Assert.DoesNotContain("<b>Sul", body);
            Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", body);
            Assert.DoesNotContain("sct_", body.Replace("sct_…", "").Replace("sct_&#x2026;", ""));
        }
    }

    [Fact]
    public async Task Pages_change_and_remove_users_and_revoke_tokens()
    {
        await using var session = await AccessSession.Start();
        var eva = await session.Add("eva", Role.Viewer);
        using var browser = await session.Browse("admin");
        var page = $"/administration/users/{eva.UserId}";

        var bad = await browser.Submit(page, "change-user", ("Form.Role", "Operator"), ("Form.Limits", "nonsense"));
        Assert.Contains("class=\"problem\"", bad.Body);
        var good = await browser.Submit(page, "change-user", ("Form.Role", "Operator"), ("Form.Limits", "account=0042\naccount=0043"));
        Assert.Equal(200, good.Status);
        var changed = await session.Users.Find(eva.UserId, AccessSession.System, default);
        Assert.Equal((Role.Operator, "0042 0043", false), (changed!.Role, string.Join(' ', changed.Limits["account"]), changed.Disabled));

        Assert.Equal(200, (await browser.Submit(page, "remove-user")).Status);
        Assert.NotNull(await session.Users.Find(eva.UserId, AccessSession.System, default));
        Assert.Equal("/administration?removed=true", (await browser.Submit(page, "remove-user", ("Removal.Sure", "true"))).Location);
        Assert.Null(await session.Users.Find(eva.UserId, AccessSession.System, default));

        using var program = await session.Program(Role.Viewer);
        var token = (await session.Tokens.List(AccessSession.System, default)).Single();
        await browser.Submit("/administration/tokens", "revoke-token", ("Revocation.Id", $"{token.TokenId}"));
        await Body(await program.GetAsync("/api/v1/me"), 401);
    }

    [Fact]
    public async Task Settings_are_shown_without_their_secrets()
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        var body = (await browser.Get("/administration/settings")).Body;
        Assert.Contains("Console__TimeZone", body);
        Assert.Contains("America/Sao_Paulo", body);
        Assert.Contains("Console__AdministratorPassword", body);
        Assert.DoesNotContain(AccessSession.Password, body);
        Assert.DoesNotContain(AccessSession.Key, body);
        Assert.DoesNotContain("Data Source", body);
    }

    static async Task<JsonElement> Body(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    static IEnumerable<string?> What(JsonElement audit) =>
        audit.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("what").GetString());

    static string? Detail(JsonElement problem) => problem.GetProperty("detail").GetString();
}
