using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.SignIn;
using Sigma.OperatorConsole.Access.Tokens;

namespace Sigma.UnitTests.Console.Access;

public sealed class Passwords_and_names
{
    [Theory]
    [InlineData("cavalo correto bateria", null)]
    [InlineData("short", AccessProblem.PasswordShort)]
    [InlineData("elevenchars", AccessProblem.PasswordShort)]
    [InlineData("evamariasouza", AccessProblem.PasswordIsName)]
    [InlineData("EvaMariaSouza123", AccessProblem.PasswordIsName)]
    [InlineData("evamariasouza e mais", null)]
    [InlineData("aaaaaaaaaaaaaaaa", AccessProblem.PasswordSimple)]
    [InlineData("abababababababab", AccessProblem.PasswordSimple)]
    [InlineData("123456789012", AccessProblem.PasswordSimple)]
    [InlineData("abcdefghijklmnop", AccessProblem.PasswordSimple)]
    public void A_password_is_long_and_not_the_name(string password, AccessProblem? fault) =>
        Assert.Equal(fault, PasswordRules.Fault(password, "evamariasouza"));

    [Fact]
    public void A_password_that_is_too_long_is_refused() =>
        Assert.Equal(AccessProblem.PasswordLong, PasswordRules.Fault(string.Concat(Enumerable.Repeat("abxyz", 60)), "eva"));

    [Fact]
    public void A_password_that_is_made_up_is_taken_and_never_the_same()
    {
        var all = Enumerable.Range(0, 100).Select(_ => Passwords.Create()).ToList();
        Assert.All(all, password => Assert.Null(PasswordRules.Fault(password, "eva")));
        Assert.Equal(100, all.Distinct().Count());
    }

    [Fact]
    public void A_hash_says_whether_it_is_the_password_and_without_one_it_is_not()
    {
        Passwords passwords = new();
        var hash = passwords.Hash("cavalo correto bateria");
        Assert.DoesNotContain("cavalo", hash);
        Assert.True(passwords.Verify(hash, "cavalo correto bateria", out var isOld));
        Assert.False(isOld);
        Assert.False(passwords.Verify(hash, "cavalo correto baterias", out _));
        Assert.False(passwords.Verify(null, "", out _));
    }

    [Theory]
    [InlineData(0, 0), InlineData(4, 0), InlineData(5, 30), InlineData(6, 60), InlineData(7, 120), InlineData(11, 1920), InlineData(12, 3600),
        InlineData(1_000_000, 3600)]
    public void Nobody_signs_in_for_longer_with_each_wrong_password(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LockOut.After(failures));

    [Theory]
    [InlineData("eva", null), InlineData("eva maria@example.org", null), InlineData("<b>", null), InlineData("", AccessProblem.UserName),
        InlineData("a\nb", AccessProblem.UserName), InlineData("a\u200Bb", AccessProblem.UserName), InlineData("a\u202Eb", AccessProblem.UserName),
        InlineData("demo", AccessProblem.NameTaken), InlineData("anonymous", AccessProblem.NameTaken),
        InlineData("admin (token)", AccessProblem.NameTaken)]
    public void A_name_can_be_seen_and_is_not_the_consoles_own(string name, AccessProblem? fault) => Assert.Equal(fault, UserNames.Fault(name));

    [Fact]
    public void Names_are_in_small_letters() => Assert.Equal("é eva", UserNames.Of("  É Eva "));

    [Theory]
    [InlineData("operator", Role.Operator), InlineData("Administrator", Role.Administrator), InlineData("3", null), InlineData("-1", null),
        InlineData("", null), InlineData(null, null), InlineData("Operator,Administrator", null)]
    public void A_role_is_a_name_and_no_number(string? name, Role? role) => Assert.Equal(role, RoleNames.Read(name));

    [Fact]
    public void A_token_is_recognised_and_its_hash_says_nothing_of_it()
    {
        var token = TokenSecret.Create();
        Assert.Matches("^sct_[A-Za-z0-9_-]{43}$", token);
        Assert.True(TokenSecret.LooksLikeOne(token));
        Assert.Matches("^[0-9a-f]{64}$", TokenSecret.HashOf(token));
        Assert.NotEqual(token, TokenSecret.Create());
    }
}
