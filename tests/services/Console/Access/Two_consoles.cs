using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Sessions;
using Sigma.OperatorConsole.Access.SignIn;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>Behind a balancer that knows nothing of who was where before.</summary>
public sealed class Two_consoles
{
    [Fact]
    public async Task Take_each_others_forms_and_neither_a_forged_one()
    {
        await using var one = await AccessSession.Start();
        await using var other = await one.StartAnother();
        await one.Add("eva", Role.Operator);
        using var there = one.Browse();
        var page = await there.Get("/sign-in");
        using var here = At(other, there);
        var fields = Browser.Hidden(page.Body, "sign-in").ToList();
        (string, string)[] typed = [("Form.Name", "eva"), ("Form.Password", AccessSession.Password)];

        Assert.Equal(400, (await here.Post("/sign-in", [.. Forged(fields), .. typed])).Status);
        Assert.Equal(400, (await there.Post("/sign-in", [.. Forged(fields), .. typed])).Status);
        using Browser elsewhere = new(other.Url); // it has the form, and not the cookie that belongs to it
        Assert.Equal(400, (await elsewhere.Post("/sign-in", [.. fields, .. typed])).Status);
        Assert.Equal("302 /", await Ended(here.Post("/sign-in", [.. fields, .. typed])));

        Assert.Equal(403, (await here.Post("/account", fields, ("Origin", "https://elsewhere.example"))).Status);
        using var back = At(one, here);
        Assert.Equal(200, (await back.Get("/account")).Status);
    }

    [Fact]
    public async Task Count_wrong_passwords_together()
    {
        await using var one = await AccessSession.Start();
        await using var other = await one.StartAnother();
        await one.Add("eva", Role.Operator);
        using Browser here = new(one.Url), there = new(other.Url);
        for (var tries = 0; tries <= LockOut.Forgiven; tries++)
            Assert.Equal(401, (await (tries % 2 == 0 ? here : there).SignIn("eva", "wrong, wrong, wrong")).Status);

        Assert.Equal(401, (await here.SignIn("eva", AccessSession.Password)).Status);
        Assert.Equal(401, (await there.SignIn("eva", AccessSession.Password)).Status);
    }

    [Fact]
    public async Task Count_who_fails_often_from_one_address_together()
    {
        await using var one = await AccessSession.Start();
        await using var other = await one.StartAnother();
        // Half of what each of them lets through by itself, and more than one alone would.
        var failed = await Task.WhenAll(Enumerable.Range(0, SignInRate.OfAddress + 4).Select(async number =>
        {
            using Browser browser = new(number % 2 == 0 ? one.Url : other.Url);
            return (await browser.SignIn($"nobody{number}", "wrong, wrong, wrong")).Status;
        }));
        Assert.True(failed.Count(status => status == 401) >= SignInRate.OfAddress);

        foreach (var console in (AccessSession[])[one, other])
        {
            using Browser browser = new(console.Url);
            Assert.Equal(429, (await browser.SignIn("admin", AccessSession.Password)).Status);
            console.Clock.Advance(SignInRate.Period * 2);
            Assert.Equal(302, (await browser.SignIn("admin", AccessSession.Password)).Status);
        }
    }

    [Fact]
    public async Task That_start_at_once_sign_by_one_key()
    {
        await using var session = await AccessSession.Start();
        var database = session.Services.GetRequiredService<Database>();
        await using (var begun = await database.Begin(default))
        {
            await begun.Execute("delete from console_keys", null, default);
            await begun.Commit(default);
        }
        // Each has looked before the other has made one.
        var one = Protector(new KeyRepository(database, session.Clock));
        var other = Protector(new KeyRepository(database, session.Clock));

        var (ofOne, ofOther) = (one.Protect("one"), other.Protect("other"));

        Assert.Equal(("other", "one"), (one.Unprotect(ofOther), other.Unprotect(ofOne)));
        Assert.Equal(1, (await session.Query<long>("select count(*) from console_keys")).Single());
    }

    static Browser At(AccessSession console, Browser other)
    {
        Browser same = new(console.Url);
        foreach (Cookie cookie in other.Cookies.GetAllCookies())
            same.Cookies.Add(console.Url, new Cookie(cookie.Name, cookie.Value));
        return same;
    }

    static IEnumerable<(string Name, string Value)> Forged(IEnumerable<(string Name, string Value)> fields) =>
        fields.Select(field => field.Name == "__RequestVerificationToken" ? (field.Name, $"CfDJ8{field.Value[5..^8]}AAAAAAAA") : field);

    static async Task<string> Ended(Task<PageAnswer> asked)
    {
        var answer = await asked;
        return $"{answer.Status} {answer.Location}";
    }

    static IDataProtector Protector(IXmlRepository repository)
    {
        ServiceCollection services = new();
        services.AddDataProtection().SetApplicationName("tests");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new BlindAtFirst(repository));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("tests");
    }

    sealed class BlindAtFirst(IXmlRepository keys) : IXmlRepository
    {
        bool _hasLooked;

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            var all = _hasLooked ? keys.GetAllElements() : [];
            _hasLooked = true;
            return all;
        }

        public void StoreElement(XElement element, string friendlyName) => keys.StoreElement(element, friendlyName);
    }
}
