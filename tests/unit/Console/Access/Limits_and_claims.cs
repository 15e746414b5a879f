using System.Security.Claims;
using Sigma.Hosting.Settings;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.OpenId;
using Sigma.OperatorConsole.Audit;

namespace Sigma.UnitTests.Console.Access;

public sealed class Limits_and_claims
{
    [Fact]
    public void Limits_are_written_one_a_line_and_read_again()
    {
        var limits = LimitsText.Read("company = Vigília Sul\r\n\naccount=0042\naccount=a=b\naccount=0042\n")!;
        Assert.Equal("company=Vigília Sul\naccount=0042\naccount=a=b", LimitsText.Write(limits));
        Assert.True(LimitsText.Read("  \n")!.IsNone);
    }

    [Theory]
    [InlineData("company"), InlineData("company="), InlineData("=x"), InlineData("company= "), InlineData("a\u200B=x")]
    public void Limits_that_cannot_be_read_are_not_none(string text) => Assert.Null(LimitsText.Read(text));

    [Fact]
    public void A_label_without_values_is_refused()
    {
        Assert.Null(LimitsText.Checked(new Dictionary<string, IReadOnlyList<string>> { ["company"] = [] }));
        Assert.Null(LimitsText.Checked(new Dictionary<string, IReadOnlyList<string>> { ["company"] = [""] }));
        Assert.True(LimitsText.Checked(null)!.IsNone);
    }

    [Fact]
    public void The_highest_role_of_the_claims_holds()
    {
        OpenIdRoles roles = new() { Viewer = ["everybody"], Engineer = ["tech", "it"], Administrator = ["boss"] };
        Assert.Equal(Role.Engineer, roles.Of(["everybody", "it"]));
        Assert.Equal(Role.Viewer, roles.Of(["everybody"]));
        Assert.Null(roles.Of(["Boss", "Administrator"]));
    }

    [Theory]
    [InlineData("roles", "a", "a")]
    [InlineData("roles", "[\"a\",\"b\",7]", "a b")]
    [InlineData("realm_access.roles", "{\"roles\":[\"a\",\"b\"]}", "a b")]
    [InlineData("realm_access.roles", "{\"roles\":{\"a\":1}}", "")]
    [InlineData("realm_access.roles", "not json", "")]
    public void Roles_are_found_in_a_claim_or_within_one(string name, string value, string expected)
    {
        var said = Said((name.Split('.')[0], value));
        Assert.Equal(expected, string.Join(' ', OpenIdUser.Values(said, name)));
    }

    [Fact]
    public void Limits_of_a_claim_that_cannot_be_read_are_not_none()
    {
        Assert.True(OpenIdUser.Limits(Said(), "limits")!.IsNone);
        Assert.True(OpenIdUser.Limits(Said(("limits", "company=x")), "")!.IsNone);
        Assert.Equal("company=x\ncompany=y", LimitsText.Write(OpenIdUser.Limits(Said(("limits", "company=x"), ("limits", "company=y")), "limits")!));
        Assert.Equal("company=x", LimitsText.Write(OpenIdUser.Limits(Said(("limits", "{\"company\":[\"x\"]}")), "limits")!));
        foreach (var bad in (string[])["", " ", "x", "{", "{}", "{\"company\":[]}", "{\"company\":\"x\"}"])
            Assert.Null(OpenIdUser.Limits(Said(("limits", bad)), "limits"));
    }

    [Theory]
    [InlineData("Console:AdministratorPassword", true), InlineData("Segware:BearerToken", true), InlineData("Storage:ConnectionString", true),
        InlineData("Api:Key", true), InlineData("OpenId:ClientSecret", true), InlineData("Notifier:Receivers:0:RoutingKey", true),
        InlineData("Webhook:Headers:Authorization", true), InlineData("Console:TimeZone", false), InlineData("Evaluator:Rules:0:Name", false)]
    public void Settings_with_secrets_are_known_by_their_names(string path, bool isSecret) => Assert.Equal(isSecret, SecretNames.InPath(path));

    [Fact]
    public void What_is_written_down_has_no_secrets()
    {
        var text = AuditLog.Text(new { Name = "é <b>", Settings = new[] { new { Password = "1234", Token = "abcd", Keys = 3 } } })!;
        Assert.Contains("é <b>", text);
        Assert.DoesNotContain("1234", text);
        Assert.DoesNotContain("abcd", text);
        Assert.Contains("\"keys\":3", text);
        Assert.Null(AuditLog.Text(null));
        Assert.True(AuditLog.Text(new { Text = new string('é', 100_000) })!.Length < 60_000);
    }

    static ClaimsPrincipal Said(params (string Name, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Name, claim.Value)), "test"));
}
