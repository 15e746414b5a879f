namespace Sigma.OperatorConsole.Access.SignIn;

/// <summary>For how long nobody signs in by a name after wrong passwords: longer with each.</summary>
internal static class LockOut
{
    /// <summary>So many are forgiven.</summary>
    public const int Forgiven = 4;

    static readonly TimeSpan First = TimeSpan.FromSeconds(30), Longest = TimeSpan.FromHours(1);

    /// <summary>After so many wrong ones without a right one between.</summary>
    public static TimeSpan After(int failures)
    {
        if (failures <= Forgiven)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - Forgiven - 1, 10);
        var wait = First * (1 << doublings);
        return wait < Longest ? wait : Longest;
    }
}
