using Microsoft.EntityFrameworkCore;

namespace Sigma.Storage.Schema;

/// <summary>Makes the context for one kind of database.</summary>
public abstract class ContextFactory<TContext>
{
    internal abstract Type Type { get; }

    internal abstract DbContextOptionsBuilder Options();

    internal abstract TContext Create(DbContextOptions options);

    /// <summary>Makes it by its constructor.</summary>
    public static ContextFactory<TContext> Of<TOne>(Func<DbContextOptions<TOne>, TOne> create)
        where TOne : DbContext, TContext => new Factory<TOne>(create);

    sealed class Factory<TOne>(Func<DbContextOptions<TOne>, TOne> create) : ContextFactory<TContext> where TOne : DbContext, TContext
    {
        internal override Type Type => typeof(TOne);

        internal override DbContextOptionsBuilder Options() => new DbContextOptionsBuilder<TOne>();

        internal override TContext Create(DbContextOptions options) => create((DbContextOptions<TOne>)options);
    }
}
