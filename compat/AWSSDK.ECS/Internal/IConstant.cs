using Amazon.Runtime;

namespace Amazon.ECS.Internal;

/// <summary>Lets one converter read every constant class.</summary>
internal interface IConstant<T>
    where T : ConstantClass
{
    static abstract T FindValue(string value);
}
