<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Impasto</source>
        <translation>关于 Impasto</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Qt, PySide6 and libvips are free software under the LGPL. They are separate libraries, which you may replace with your own builds.</source>
        <translation>Qt、PySide6 和 libvips 是以 LGPL 发布的自由软件。它们是独立的库，您可以换成自己编译的版本。</translation>
    </message>
    <message>
        <source>After Gatys, Ecker and Bethge, &lt;i&gt;Image Style Transfer Using Convolutional Neural Networks&lt;/i&gt;, CVPR 2016.</source>
        <translation>方法出自 Gatys、Ecker 与 Bethge 的论文 &lt;i&gt;Image Style Transfer Using Convolutional Neural Networks&lt;/i&gt;，CVPR 2016。</translation>
    </message>
    <message>
        <source>Impasto {0}</source>
        <translation>Impasto {0}</translation>
    </message>
    <message>
        <source>Repaints a photograph in the style of another picture.</source>
        <translation>用另一幅画的风格重绘照片。</translation>
    </message>
    <message>
        <source>MIT licence. Your pictures stay on this machine.</source>
        <translation>MIT 许可证。您的图片不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>版本与许可证</translation>
    </message>
    <message>
        <source>Copy the versions, for a report</source>
        <translation>复制版本信息，供反馈问题时使用</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Render</source>
        <translation>渲染(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Re&amp;do</source>
        <translation>重做(&amp;D)</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Open &amp;Content …</source>
        <translation>打开内容图(&amp;C)…</translation>
    </message>
    <message>
        <source>Open &amp;Style …</source>
        <translation>打开风格图(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Add a Style …</source>
        <translation>添加风格(&amp;A)…</translation>
    </message>
    <message>
        <source>Open an &amp;Example</source>
        <translation>打开示例(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;As …</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save with the Style &amp;Inset …</source>
        <translation>附风格角图保存(&amp;I)…</translation>
    </message>
    <message>
        <source>Export &amp;Timelapse …</source>
        <translation>导出延时动画(&amp;T) …</translation>
    </message>
    <message>
        <source>Get the ImageNet &amp;Network …</source>
        <translation>获取 ImageNet 网络(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Paint &amp;Masks</source>
        <translation>绘制蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Copy Picture</source>
        <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;wap Content and Style</source>
        <translation>交换内容图与风格图(&amp;W)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences …</source>
        <translation>首选项(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Actual &amp;Pixels</source>
        <translation>实际像素(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;200 %</source>
        <translation>200%(&amp;2)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Compare Before and After</source>
        <translation>对比前后(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Back to the Canvas</source>
        <translation>返回画布(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;ilmstrip</source>
        <translation>胶片条(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Loss</source>
        <translation>损失(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>队列(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Only the Picture</source>
        <translation>只看图片(&amp;O)</translation>
    </message>
    <message>
        <source>Full &amp;Screen</source>
        <translation>全屏(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Continue from the Picture</source>
        <translation>从当前图片继续(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Variations …</source>
        <translation>变体(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Enlarge …</source>
        <translation>放大(&amp;E)…</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>取消(&amp;A)</translation>
    </message>
    <message>
        <source>Add to the &amp;Queue</source>
        <translation>加入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Start or Pause the Queue</source>
        <translation>开始或暂停队列</translation>
    </message>
    <message>
        <source>Take a &amp;Snapshot</source>
        <translation>拍摄快照(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Branch from This Moment</source>
        <translation>从此刻分支(&amp;B)</translation>
    </message>
    <message>
        <source>Start &amp;Over</source>
        <translation>重新开始(&amp;O)</translation>
    </message>
    <message>
        <source>The Paper&apos;s &amp;Figures …</source>
        <translation>论文中的图(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Open the &amp;Log Folder</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Impasto</source>
        <translation>关于 Impasto(&amp;A)</translation>
    </message>
</context>
<context>
    <name>AddButton</name>
    <message>
        <source>Add a style</source>
        <translation>添加风格</translation>
    </message>
    <message>
        <source>Add a style, to be blended with what there is</source>
        <translation>添加一种风格，与已有的风格混合</translation>
    </message>
</context>
<context>
    <name>AxisRow</name>
    <message>
        <source>nothing else</source>
        <translation>不再变化</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>添加一个值</translation>
    </message>
    <message>
        <source>One setting only</source>
        <translation>只变化一项设置</translation>
    </message>
    <message>
        <source>More than {0} side by side are too small to be told apart</source>
        <translation>并排超过 {0} 个就小得难以分辨</translation>
    </message>
</context>
<context>
    <name>CanvasBar</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Hold to compare</source>
        <translation>按住对比</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Paint where each style goes</source>
        <translation>绘制各风格的作用区域</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>There is no picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>There is no other picture to compare with</source>
        <translation>没有可以对比的图片</translation>
    </message>
    <message>
        <source>This is as large as it gets</source>
        <translation>已放大到最大</translation>
    </message>
    <message>
        <source>This is as small as it gets</source>
        <translation>已缩小到最小</translation>
    </message>
    <message>
        <source>Before and after, with a line to drag</source>
        <translation>前后对比，分界线可拖动</translation>
    </message>
    <message>
        <source>Before, for as long as you hold this (B)</source>
        <translation>按住时显示渲染前的图片（B）</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>All of the picture (1)</source>
        <translation>显示整张图片（1）</translation>
    </message>
    <message>
        <source>A pixel of the screen for each pixel (2)</source>
        <translation>每个像素对应一个屏幕像素（2）</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>A value of {0}</source>
        <translation>“{0}”的一个值</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this value</source>
        <translation>移除此值</translation>
    </message>
    <message>
        <source>Write another value; leave none to remove it</source>
        <translation>可改写此值；清空则移除</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>auto ({0})</source>
        <translation>自动 ({0})</translation>
    </message>
</context>
<context>
    <name>ColourPreview</name>
    <message>
        <source>light only</source>
        <translation>仅明暗</translation>
    </message>
    <message>
        <source>matched colours</source>
        <translation>已匹配色彩</translation>
    </message>
</context>
<context>
    <name>Control</name>
    <message>
        <source>next run</source>
        <translation>下次渲染</translation>
    </message>
    <message>
        <source>The run on the canvas keeps the value it began with</source>
        <translation>正在进行的渲染仍用开始时的值</translation>
    </message>
    <message>
        <source>Reset {0} to its default</source>
        <translation>将“{0}”恢复为默认值</translation>
    </message>
</context>
<context>
    <name>CropView</name>
    <message>
        <source>The part of the picture that counts</source>
        <translation>图片中起作用的部分</translation>
    </message>
    <message>
        <source>Arrow keys move it, with Shift they move its right and its lower side</source>
        <translation>方向键移动它，按住 Shift 时移动其右边和下边</translation>
    </message>
</context>
<context>
    <name>DeviceField</name>
    <message>
        <source>{0} · {1} GB</source>
        <translation>{0} · {1} GB</translation>
    </message>
    <message>
        <source>{0} · {1} GB ({2})</source>
        <translation>{0} · {1} GB（{2}）</translation>
    </message>
</context>
<context>
    <name>DeviceMenu</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Looking for devices …</source>
        <translation>正在查找设备…</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>最快的设备</translation>
    </message>
    <message>
        <source>A GPU is not used: what to do …</source>
        <translation>有一块 GPU 未被使用：该怎么办…</translation>
    </message>
</context>
<context>
    <name>DropTarget</name>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Choose the {0} picture</source>
        <translation>选择{0}</translation>
    </message>
    <message>
        <source>Pictures ({0});;All files (*)</source>
        <translation>图片 ({0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>That is only a web address, and Impasto fetches nothing: copy the picture itself, or save it and drop the file</source>
        <translation>这只是一个网址，而 Impasto 不会联网下载：请复制图片本身，或先保存再拖入文件</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped</source>
        <translation>拖入的内容里没有图片</translation>
    </message>
    <message>
        <source>unnamed picture</source>
        <translation>未命名图片</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Save it to the queue</source>
        <translation>存回队列</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>You are editing a render of the queue: {0} in the style of {1}</source>
        <translation>正在编辑队列中的一项：{0}，{1} 的风格</translation>
    </message>
    <message>
        <source>Let it be painted as the panels show it now</source>
        <translation>按面板现在的样子绘制它</translation>
    </message>
    <message>
        <source>Do not change the render of the queue</source>
        <translation>不更改队列中的这一项</translation>
    </message>
</context>
<context>
    <name>EnlargeDialog</name>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The same look, with the detail of a larger painting.</source>
        <translation>同样的画风，并带有更大画幅的细节。</translation>
    </message>
    <message>
        <source>Leave the picture as it is</source>
        <translation>保持图片不变</translation>
    </message>
    <message>
        <source>from {0} × {1} to {2} × {3} px</source>
        <translation>从 {0} × {1} 放大到 {2} × {3} 像素</translation>
    </message>
    <message>
        <source>{0} times as wide and as high</source>
        <translation>宽和高各为 {0} 倍</translation>
    </message>
    <message>
        <source>Paint it as large</source>
        <translation>按此尺寸绘制</translation>
    </message>
    <message>
        <source>The picture has {0} px on its long side already: choose more</source>
        <translation>图片的长边已有 {0} 像素：请选更大的尺寸</translation>
    </message>
    <message>
        <source>A picture has at most {0} px on its long side</source>
        <translation>图片的长边最多 {0} 像素</translation>
    </message>
    <message>
        <source>Wait for the end of the render, or cancel it</source>
        <translation>请等待渲染结束，或取消渲染</translation>
    </message>
    <message>
        <source>What it takes is known once torch is loaded</source>
        <translation>torch 载入后才知道所需的资源</translation>
    </message>
    <message>
        <source>{0}; painted in {1} tiles, exactly as in one piece</source>
        <translation>{0}；分 {1} 块绘制，与整幅绘制完全相同</translation>
    </message>
</context>
<context>
    <name>ExampleButtons</name>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>Takes a photograph and a painting that come along</source>
        <translation>使用自带的一张照片和一幅画</translation>
    </message>
    <message>
        <source>More examples …</source>
        <translation>更多示例…</translation>
    </message>
    <message>
        <source>Choose from the pictures that come with Impasto</source>
        <translation>从 Impasto 自带的图片中挑选</translation>
    </message>
    <message>
        <source>A photograph and a painting</source>
        <translation>一张照片和一幅画</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Harbour at dusk</source>
        <translation>暮色港湾</translation>
    </message>
    <message>
        <source>Mountain lake</source>
        <translation>山间湖泊</translation>
    </message>
    <message>
        <source>Fruit and wine</source>
        <translation>水果与酒</translation>
    </message>
    <message>
        <source>Street in the rain</source>
        <translation>雨中街道</translation>
    </message>
    <message>
        <source>Impasto</source>
        <translation>厚涂</translation>
    </message>
    <message>
        <source>Woodcut</source>
        <translation>木刻</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>马赛克</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Pointillism</source>
        <translation>点彩</translation>
    </message>
    <message>
        <source>Ink wash</source>
        <translation>水墨</translation>
    </message>
    <message>
        <source>Pastel</source>
        <translation>粉彩</translation>
    </message>
    <message>
        <source>Cubism</source>
        <translation>立体主义</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export Timelapse</source>
        <translation>导出延时动画</translation>
    </message>
    <message>
        <source>Begin with the photograph</source>
        <translation>以照片开头</translation>
    </message>
    <message>
        <source>Begin anew at the end</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出 …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Even change of the picture</source>
        <translation>画面变化均匀</translation>
    </message>
    <message>
        <source>Even steps</source>
        <translation>步数均匀</translation>
    </message>
    <message>
        <source>{0} px</source>
        <translation>{0} px</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Preview of the timelapse</source>
        <translation>延时动画预览</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>WebP is the smallest that moves by itself anywhere</source>
        <translation>WebP 最小，且到处都能自动播放</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>From the first frame to the end of the last</source>
        <translation>从第一帧到最后一帧结束</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>The picture changes quickest in its first steps</source>
        <translation>画面在最初几步变化最快</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>The long side</source>
        <translation>长边</translation>
    </message>
    <message>
        <source>Show what was painted before the painting</source>
        <translation>先展示原照片，再展示绘画过程</translation>
    </message>
    <message>
        <source>Of an MP4, whoever shows it decides that</source>
        <translation>MP4 是否循环由播放器决定</translation>
    </message>
    <message>
        <source>Hold the preview</source>
        <translation>暂停预览</translation>
    </message>
    <message>
        <source>Play the preview</source>
        <translation>播放预览</translation>
    </message>
    <message>
        <source>It is being written</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Choose a name, and write</source>
        <translation>选择文件名并写入</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Give it up; nothing is left behind</source>
        <translation>放弃导出，不会留下任何文件</translation>
    </message>
    <message>
        <source>Back to the window</source>
        <translation>返回窗口</translation>
    </message>
    <message>
        <source>{0} different frames in {1} s, {2} × {3} px</source>
        <translation>{1} 秒内 {0} 个不同的帧，{2} × {3} px</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>choose another format; if it happens again, report it</source>
        <translation>请换一种格式；若再次发生，请报告</translation>
    </message>
</context>
<context>
    <name>FigureDesk</name>
    <message>
        <source>Save the figure</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>图片（{0}）</translation>
    </message>
</context>
<context>
    <name>FigureDialog</name>
    <message>
        <source>The Paper&apos;s Figures</source>
        <translation>论文中的图</translation>
    </message>
    <message>
        <source>The window&apos;s pictures</source>
        <translation>窗口中的图片</translation>
    </message>
    <message>
        <source>Bundled pictures</source>
        <translation>自带图片</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>制作</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save As …</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0}  {1}</source>
        <translation>{0}  {1}</translation>
    </message>
    <message>
        <source>{0} px</source>
        <translation>{0} px</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Size of a panel</source>
        <translation>每格尺寸</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Close; what is being made is cancelled</source>
        <translation>关闭；正在制作的会取消</translation>
    </message>
    <message>
        <source>Wait for the end of the figure, or cancel it</source>
        <translation>请等这幅图做完，或取消它</translation>
    </message>
    <message>
        <source>Paint every panel of the figure</source>
        <translation>绘制这幅图的每一格</translation>
    </message>
    <message>
        <source>Nothing is being made</source>
        <translation>没有正在制作的图</translation>
    </message>
    <message>
        <source>Stop; what is painted so far stays shown</source>
        <translation>停止；已画好的部分仍会显示</translation>
    </message>
    <message>
        <source>Save the figure as PNG</source>
        <translation>将这幅图存为 PNG</translation>
    </message>
    <message>
        <source>Choose content and style first</source>
        <translation>请先选择内容图和风格图</translation>
    </message>
    <message>
        <source>Which figure of the paper</source>
        <translation>论文中的哪一幅图</translation>
    </message>
    <message>
        <source>Make the figure of the content and the style</source>
        <translation>用内容图和风格图制作</translation>
    </message>
    <message>
        <source>Make the figure of pictures that come with Impasto</source>
        <translation>用 Impasto 自带的图片制作</translation>
    </message>
    <message>
        <source>Long side of each picture in the figure</source>
        <translation>图中每张图片的长边</translation>
    </message>
    <message>
        <source>The figure is being made</source>
        <translation>正在制作这幅图</translation>
    </message>
    <message>
        <source>The pictures are being read</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Wait for the end of the figure</source>
        <translation>请等这幅图做完</translation>
    </message>
    <message>
        <source>Make the figure first</source>
        <translation>请先制作这幅图</translation>
    </message>
    <message>
        <source>{0} % done</source>
        <translation>已完成 {0} %</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>FilmDesk</name>
    <message>
        <source>The picture is on the clipboard</source>
        <translation>图片已复制到剪贴板</translation>
    </message>
    <message>
        <source>Wait for the end of the render, or cancel it</source>
        <translation>请等待渲染结束，或取消渲染</translation>
    </message>
    <message>
        <source>The picture was deleted from the filmstrip.</source>
        <translation>图片已从胶片条中删除。</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>settings of a kept picture</source>
        <translation>胶片条图片的设置</translation>
    </message>
    <message>
        <source>Its settings are in use again, but for how its {0} styles were blended: there are {1} now</source>
        <translation>其设置已重新启用，但其 {0} 种风格的混合方式除外：现在有 {1} 种风格</translation>
    </message>
    <message>
        <source>Its settings are in use again</source>
        <translation>已恢复这张图片的设置</translation>
    </message>
    <message>
        <source>how this picture was painted is not known</source>
        <translation>不知道这张图片是怎样绘制的</translation>
    </message>
    <message>
        <source>choose another picture</source>
        <translation>请选择另一张图片</translation>
    </message>
    <message>
        <source>a kept picture on the canvas</source>
        <translation>将胶片条图片放上画布</translation>
    </message>
</context>
<context>
    <name>FilmModel</name>
    <message>
        <source>{0} × {1} px</source>
        <translation>{0} × {1} px</translation>
    </message>
    <message>
        <source>strength {0}</source>
        <translation>强度 {0}</translation>
    </message>
    <message>
        <source>network {0}</source>
        <translation>网络 {0}</translation>
    </message>
    <message>
        <source>{0} in the style of {1}</source>
        <translation>{0}，风格取自 {1}</translation>
    </message>
    <message>
        <source>snapshot at step {0} of {1}</source>
        <translation>第 {0}/{1} 步的快照</translation>
    </message>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0}/{1} 步</translation>
    </message>
    <message>
        <source>stopped at step {0} of {1}</source>
        <translation>停在第 {0}/{1} 步</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>Every render; Enter looks at one, Delete removes it</source>
        <translation>每次渲染的结果；Enter 查看，Delete 删除</translation>
    </message>
    <message>
        <source>Every render is kept here</source>
        <translation>每次渲染的结果都会保存在这里</translation>
    </message>
    <message>
        <source>Select a picture first</source>
        <translation>请先选择一张图片</translation>
    </message>
    <message>
        <source>Select two pictures: Ctrl-click adds one</source>
        <translation>请选择两张图片：按住 Ctrl 单击可加选</translation>
    </message>
    <message>
        <source>Select one picture only</source>
        <translation>请只选择一张图片</translation>
    </message>
    <message>
        <source>Its settings are those of another version of Impasto</source>
        <translation>它的设置出自另一版本的 Impasto</translation>
    </message>
    <message>
        <source>&amp;Look at It</source>
        <translation>查看(&amp;L)</translation>
    </message>
    <message>
        <source>Show the picture on the canvas</source>
        <translation>在画布上显示这张图片</translation>
    </message>
    <message>
        <source>Co&amp;mpare These Two</source>
        <translation>对比这两张(&amp;M)</translation>
    </message>
    <message>
        <source>Show both on the canvas with a line to drag between them</source>
        <translation>在画布上同时显示两张图片，分界线可拖动</translation>
    </message>
    <message>
        <source>Use Its Se&amp;ttings</source>
        <translation>使用它的设置(&amp;T)</translation>
    </message>
    <message>
        <source>Set everything as it was</source>
        <translation>将所有设置恢复为当时的值</translation>
    </message>
    <message>
        <source>Conti&amp;nue from It</source>
        <translation>从它继续(&amp;N)</translation>
    </message>
    <message>
        <source>Let the next render start from this picture</source>
        <translation>下次渲染从这张图片开始</translation>
    </message>
    <message>
        <source>&amp;Enlarge …</source>
        <translation>放大(&amp;E)…</translation>
    </message>
    <message>
        <source>Paint it larger in the same look, such as for print</source>
        <translation>以同样的画风画得更大，例如用于打印</translation>
    </message>
    <message>
        <source>&amp;Save As …</source>
        <translation>另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the picture in a file of your own</source>
        <translation>将图片保存为自己的文件</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the picture to the clipboard</source>
        <translation>将图片复制到剪贴板</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete it; Undo brings it back</source>
        <translation>删除；可撤销恢复</translation>
    </message>
</context>
<context>
    <name>FirstRow</name>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
</context>
<context>
    <name>Forecasting</name>
    <message>
        <source>needs ≈ {0} of memory, {1} are free: a smaller tile needs less</source>
        <translation>约需内存 {0}，可用 {1}：减小分块可降低需求</translation>
    </message>
    <message>
        <source>needs ≈ {0} of memory ✓</source>
        <translation>约需内存 {0} ✓</translation>
    </message>
    <message>
        <source>needs ≈ {0} of memory ✓ and ≈ {1}</source>
        <translation>约需内存 {0} ✓，约 {1}</translation>
    </message>
</context>
<context>
    <name>FurtherRow</name>
    <message>
        <source>{0}×</source>
        <translation>{0}×</translation>
    </message>
    <message>
        <source>Crop and scale of {0}</source>
        <translation>{0} 的裁剪与缩放</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>{0} 的更多选项</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除 {0}</translation>
    </message>
</context>
<context>
    <name>GalleryKeeper</name>
    <message>
        <source>The filmstrip met an unexpected {0}</source>
        <translation>胶片条遇到意外错误 {0}</translation>
    </message>
    <message>
        <source>Save the picture under a name of your own; if it happens again, report it</source>
        <translation>请将图片另存为文件；如果再次发生，请反馈</translation>
    </message>
</context>
<context>
    <name>GpuDialog</name>
    <message>
        <source>Use the GPU</source>
        <translation>使用 GPU</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>In a terminal, then start Impasto again:</source>
        <translation>在终端中运行，然后重新启动 Impasto：</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Copy the command, to paste it into a terminal</source>
        <translation>复制命令，以便粘贴到终端</translation>
    </message>
    <message>
        <source>Back to the window</source>
        <translation>返回窗口</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Hand</name>
    <message>
        <source>stroke of the eraser</source>
        <translation>橡皮擦笔画</translation>
    </message>
    <message>
        <source>stroke of the brush</source>
        <translation>画笔笔画</translation>
    </message>
</context>
<context>
    <name>Idle</name>
    <message>
        <source>The style layers are named; moving this leaves them to Impasto again</source>
        <translation>已指定风格层；移动此滑块会让 Impasto 重新决定</translation>
    </message>
    <message>
        <source>The style&apos;s own colours are used as they are</source>
        <translation>直接使用风格图自身的色彩</translation>
    </message>
    <message>
        <source>All of the photograph&apos;s colours are put back already</source>
        <translation>照片的色彩已全部恢复</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message>
        <source>Content</source>
        <translation>内容图</translation>
    </message>
    <message>
        <source>Drop the photograph here, or click to choose it</source>
        <translation>将照片拖到这里，或点击选择</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格图</translation>
    </message>
    <message>
        <source>Drop the painting here, or click to choose it</source>
        <translation>将画作拖到这里，或点击选择</translation>
    </message>
    <message>
        <source>Swap content and style</source>
        <translation>交换内容图与风格图</translation>
    </message>
    <message>
        <source>Crop and Scale …</source>
        <translation>裁剪与缩放…</translation>
    </message>
    <message>
        <source>Choose the part of the style that counts, and its scale</source>
        <translation>选择风格图中起作用的部分及其缩放</translation>
    </message>
    <message>
        <source>Choose the picture to start from</source>
        <translation>选择起始图片</translation>
    </message>
    <message>
        <source>Pictures ({0});;All files (*)</source>
        <translation>图片 ({0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>A picture is being read</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>There is no picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Noise (auto)</source>
        <translation>噪声（自动）</translation>
    </message>
    <message>
        <source>Content (auto)</source>
        <translation>内容图（自动）</translation>
    </message>
    <message>
        <source>The picture on the canvas</source>
        <translation>画布上的图片</translation>
    </message>
    <message>
        <source>A picture file …</source>
        <translation>图片文件…</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Drop a photograph and a painting</source>
        <translation>拖入一张照片和一幅画</translation>
    </message>
    <message>
        <source>then press Render and watch it being painted</source>
        <translation>然后点击“渲染”，看它一笔笔画出来</translation>
    </message>
</context>
<context>
    <name>Leftovers</name>
    <message>
        <source>A render was interrupted when Impasto ended. It can go on from where it was.</source>
        <translation>Impasto 上次退出时有一次渲染被中断，可以从中断处继续。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>LookBar</name>
    <message>
        <source>Continue from it</source>
        <translation>从它继续</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用它的设置</translation>
    </message>
    <message>
        <source>Back to the canvas</source>
        <translation>返回画布</translation>
    </message>
    <message>
        <source>Wait for the end of the render, or cancel it</source>
        <translation>请等待渲染结束，或取消渲染</translation>
    </message>
    <message>
        <source>Put this picture on the canvas; Render goes on from it</source>
        <translation>将这张图片放上画布，渲染从它继续</translation>
    </message>
    <message>
        <source>Paint with the settings of this picture</source>
        <translation>用这张图片的设置来画</translation>
    </message>
    <message>
        <source>Show the canvas&apos;s own picture again</source>
        <translation>重新显示画布上的图片</translation>
    </message>
    <message>
        <source>Comparing {0} with {1}</source>
        <translation>比较 {0} 与 {1}</translation>
    </message>
    <message>
        <source>Render of {0}, strength {1}</source>
        <translation>{0} 的渲染，强度 {1}</translation>
    </message>
</context>
<context>
    <name>LookPanel</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>without effect</source>
        <translation>不起作用</translation>
    </message>
    <message>
        <source>a core left free</source>
        <translation>留出一个核心</translation>
    </message>
    <message>
        <source>For other programs: see the preferences</source>
        <translation>留给其他程序：见首选项</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>The losses of a run are drawn here as it goes</source>
        <translation>渲染时这里会实时绘出损失曲线</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>Weighted loss</source>
        <translation>加权损失</translation>
    </message>
    <message>
        <source>Chart of the losses</source>
        <translation>损失曲线图</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Show or hide this curve</source>
        <translation>显示或隐藏这条曲线</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Style {0}</source>
        <translation>风格 {0}</translation>
    </message>
    <message>
        <source>Each part as it counts in the total: its weight times its loss. The axis is logarithmic; dashed lines mark where a larger scale begins. The canvas shows the moment under the pointer; a click stays there.</source>
        <translation>各项均按其在总损失中的分量绘制：权重乘以损失。纵轴为对数刻度；虚线表示开始更大一级的尺度。画布显示指针所在的时刻，单击可停留在那里。</translation>
    </message>
    <message>
        <source>Iteration {0} · {1} px</source>
        <translation>第 {0} 次迭代 · {1} px</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Impasto</source>
        <translation>Impasto</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Filmstrip, loss and queue</source>
        <translation>胶片条、损失和队列</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>The render is done</source>
        <translation>渲染已完成</translation>
    </message>
    <message>
        <source>The render was cancelled; its picture is kept</source>
        <translation>渲染已取消，图片已保留</translation>
    </message>
    <message>
        <source>The render failed; its picture is kept</source>
        <translation>渲染失败，图片已保留</translation>
    </message>
    <message>
        <source>The render failed</source>
        <translation>渲染失败</translation>
    </message>
    <message>
        <source>The render was cancelled</source>
        <translation>渲染已取消</translation>
    </message>
    <message>
        <source>“{0}” was painted by Impasto: “{1}” in the style of {2}.</source>
        <translation>“{0}”由 Impasto 绘制：内容图“{1}”，风格图{2}。</translation>
    </message>
    <message>
        <source>Use as content</source>
        <translation>用作内容图</translation>
    </message>
    <message>
        <source>Use as style</source>
        <translation>用作风格图</translation>
    </message>
    <message>
        <source>Restore how it was made</source>
        <translation>恢复当时的设置</translation>
    </message>
    <message>
        <source>Enlarge …</source>
        <translation>放大…</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard</source>
        <translation>剪贴板上没有图片</translation>
    </message>
    <message>
        <source>There is nothing to compare with yet</source>
        <translation>还没有可以对比的图片</translation>
    </message>
    <message>
        <source>Quit Impasto?</source>
        <translation>退出 Impasto？</translation>
    </message>
    <message>
        <source>A render is running. Its picture so far is kept in the filmstrip.</source>
        <translation>渲染正在进行。目前的图片会保存在胶片条中。</translation>
    </message>
    <message>
        <source>Stop and Quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Keep Painting</source>
        <translation>继续渲染</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>Mask tools</source>
        <translation>蒙版工具</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>What is painted: where a style goes, or how strongly (X for the next)</source>
        <translation>绘制的内容：风格作用的区域，或作用的强度（X 切换到下一个）</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Soften</source>
        <translation>柔化</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Show masks</source>
        <translation>显示蒙版</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>How wide the brush is, as a share of the picture&apos;s long side ([ and ])</source>
        <translation>画笔的宽度，占图片长边的比例（[ 和 ]）</translation>
    </message>
    <message>
        <source>How much of the brush covers wholly; the rest is its soft border ({ and })</source>
        <translation>画笔完全覆盖的部分；其余为柔和边缘（{ 和 }）</translation>
    </message>
    <message>
        <source>Load a mask …</source>
        <translation>载入蒙版…</translation>
    </message>
    <message>
        <source>Save the mask …</source>
        <translation>保存蒙版…</translation>
    </message>
    <message>
        <source>From the photograph&apos;s transparency</source>
        <translation>取自照片的透明度</translation>
    </message>
    <message>
        <source>Fill what the other styles leave</source>
        <translation>填充其他风格留下的区域</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How strongly the styles are to act where you paint</source>
        <translation>绘制处风格作用的强度</translation>
    </message>
    <message>
        <source>How much a stroke lays down; another one adds to it</source>
        <translation>每一笔落下的量；再画一笔会叠加</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Strength map</source>
        <translation>强度图</translation>
    </message>
    <message>
        <source>Paint where the styles act less</source>
        <translation>绘制风格作用较弱的区域</translation>
    </message>
    <message>
        <source>Everywhere: paint where it goes</source>
        <translation>目前作用于各处：绘制其区域</translation>
    </message>
    <message>
        <source>Paint where this style goes</source>
        <translation>绘制此风格作用的区域</translation>
    </message>
    <message>
        <source>{0} % on the whole</source>
        <translation>整体 {0}%</translation>
    </message>
    <message>
        <source>The mask is empty: paint, or clear it</source>
        <translation>蒙版为空：请绘制，或将其清除</translation>
    </message>
    <message>
        <source>Covers {0} %</source>
        <translation>覆盖 {0}%</translation>
    </message>
    <message>
        <source>Give all of the picture this strength (F)</source>
        <translation>整幅图片都用此强度（F）</translation>
    </message>
    <message>
        <source>Let this style go everywhere (F)</source>
        <translation>让此风格作用于各处（F）</translation>
    </message>
    <message>
        <source>Take the map away: the styles act fully everywhere</source>
        <translation>移除强度图：风格在各处完全作用</translation>
    </message>
    <message>
        <source>Take the mask away: the style goes everywhere, until you paint</source>
        <translation>移除蒙版：在绘制之前，风格作用于各处</translation>
    </message>
    <message>
        <source>Paint (E changes to the eraser)</source>
        <translation>绘制（E 切换为橡皮擦）</translation>
    </message>
    <message>
        <source>Take away (E, or hold Alt)</source>
        <translation>擦除（E，或按住 Alt）</translation>
    </message>
    <message>
        <source>Swap inside and outside (Ctrl+I)</source>
        <translation>内外互换（Ctrl+I）</translation>
    </message>
    <message>
        <source>Soften the borders; press again for more</source>
        <translation>柔化边缘；再按一次更柔和</translation>
    </message>
    <message>
        <source>Masks from and to files, and more</source>
        <translation>从文件载入或保存蒙版等</translation>
    </message>
    <message>
        <source>Show the masks over the picture (O)</source>
        <translation>在图片上显示蒙版（O）</translation>
    </message>
    <message>
        <source>Close the mask tools (Esc)</source>
        <translation>关闭蒙版工具（Esc）</translation>
    </message>
    <message>
        <source>White is in, black is out</source>
        <translation>白色为区域内，黑色为区域外</translation>
    </message>
    <message>
        <source>As a grey picture</source>
        <translation>存为灰度图片</translation>
    </message>
    <message>
        <source>Everything that is not transparent</source>
        <translation>所有不透明的部分</translation>
    </message>
    <message>
        <source>All that no other style&apos;s mask covers</source>
        <translation>其他风格的蒙版都未覆盖的部分</translation>
    </message>
</context>
<context>
    <name>MaskDesk</name>
    <message>
        <source>[ and ]</source>
        <translation>[ 和 ]</translation>
    </message>
    <message>
        <source>Masks: a smaller or larger brush</source>
        <translation>蒙版：缩小或放大画笔</translation>
    </message>
    <message>
        <source>{ and }</source>
        <translation>{ 和 }</translation>
    </message>
    <message>
        <source>Masks: a softer or harder brush</source>
        <translation>蒙版：画笔变软或变硬</translation>
    </message>
    <message>
        <source>E, or hold Alt</source>
        <translation>E，或按住 Alt</translation>
    </message>
    <message>
        <source>Masks: the eraser</source>
        <translation>蒙版：橡皮擦</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Masks: the next style, or the strength</source>
        <translation>蒙版：下一个风格，或强度</translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation>Shift + 单击</translation>
    </message>
    <message>
        <source>Masks: a straight line from the last stroke</source>
        <translation>蒙版：从上一笔末端画直线</translation>
    </message>
    <message>
        <source>F, Ctrl+I, O</source>
        <translation>F、Ctrl+I、O</translation>
    </message>
    <message>
        <source>Masks: fill, invert, show or hide</source>
        <translation>蒙版：填充、反相、显示或隐藏</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Masks: close the tools</source>
        <translation>蒙版：关闭工具</translation>
    </message>
    <message>
        <source>Masks ({0})</source>
        <translation>蒙版 ({0})</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Paint where each style goes, and how strongly (M)</source>
        <translation>绘制各风格的作用区域和强度（M）</translation>
    </message>
    <message>
        <source>Load a mask</source>
        <translation>载入蒙版</translation>
    </message>
    <message>
        <source>Pictures ({0});;All files (*)</source>
        <translation>图片 ({0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>mask from a file</source>
        <translation>来自文件的蒙版</translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation>保存蒙版</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>图片 ({0})</translation>
    </message>
</context>
<context>
    <name>MaskModel</name>
    <message>
        <source>The render that is running paints another photograph</source>
        <translation>正在进行的渲染绘制的是另一张照片</translation>
    </message>
    <message>
        <source>There is no mask yet: paint one first</source>
        <translation>还没有蒙版：请先绘制</translation>
    </message>
    <message>
        <source>The photograph has no transparent parts</source>
        <translation>照片没有透明部分</translation>
    </message>
    <message>
        <source>Choose a style first</source>
        <translation>请先选择一个风格</translation>
    </message>
    <message>
        <source>No other style has a mask</source>
        <translation>其他风格都没有蒙版</translation>
    </message>
    <message>
        <source>painted mask</source>
        <translation>绘制的蒙版</translation>
    </message>
    <message>
        <source>{0} – the render goes on with the masks before</source>
        <translation>{0}——渲染继续使用之前的蒙版</translation>
    </message>
    <message>
        <source>filling of a mask</source>
        <translation>填充蒙版</translation>
    </message>
    <message>
        <source>filling of the rest</source>
        <translation>填充其余区域</translation>
    </message>
    <message>
        <source>clearing of a mask</source>
        <translation>清除蒙版</translation>
    </message>
    <message>
        <source>inversion of a mask</source>
        <translation>蒙版反相</translation>
    </message>
    <message>
        <source>softening of a mask</source>
        <translation>柔化蒙版</translation>
    </message>
    <message>
        <source>mask from transparency</source>
        <translation>来自透明度的蒙版</translation>
    </message>
    <message>
        <source>The masks belonged to another photograph: Undo brings both back</source>
        <translation>蒙版属于另一张照片：撤销可一并恢复</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details …</source>
        <translation>详细信息…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>MomentBar</name>
    <message>
        <source>Moments of the run</source>
        <translation>渲染过程中的各个时刻</translation>
    </message>
    <message>
        <source>Go back through the run; the right end is now</source>
        <translation>回看渲染过程；最右端是现在</translation>
    </message>
    <message>
        <source>Branch from here</source>
        <translation>从此处分支</translation>
    </message>
    <message>
        <source>Timelapse …</source>
        <translation>延时动画 …</translation>
    </message>
    <message>
        <source>Save how the picture came about, as a film</source>
        <translation>把画面的形成过程保存为动画</translation>
    </message>
    <message>
        <source>Step {0} · {1} px</source>
        <translation>第 {0} 步 · {1} px</translation>
    </message>
    <message>
        <source>Paint anew from this moment, as recorded (up to {0} px), by the present settings</source>
        <translation>按现在的设置，从这一时刻的记录（最大 {0} px）重新绘制</translation>
    </message>
    <message>
        <source>Paint anew from this moment, kept at full size, by the present settings</source>
        <translation>按现在的设置，从这一时刻的全尺寸画面重新绘制</translation>
    </message>
</context>
<context>
    <name>NetworkBanner</name>
    <message>
        <source>Use a file …</source>
        <translation>使用文件…</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Paint with weights of VGG-19 that you have already</source>
        <translation>使用您已有的 VGG-19 权重</translation>
    </message>
    <message>
        <source>Copy what a report of this fault needs</source>
        <translation>复制反馈此问题所需的信息</translation>
    </message>
    <message>
        <source>Stop the download, and keep what came</source>
        <translation>停止下载，保留已下载的部分</translation>
    </message>
    <message>
        <source>Stopping the download of VGG-19 …</source>
        <translation>正在停止下载 VGG-19…</translation>
    </message>
    <message>
        <source>Choose weights of VGG-19</source>
        <translation>选择 VGG-19 权重</translation>
    </message>
    <message>
        <source>Weights (*.pth *.safetensors *.pt);;All files (*)</source>
        <translation>权重 (*.pth *.safetensors *.pt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Painting with sketch, Impasto&apos;s own small network. {0} of {1} MB of ImageNet&apos;s VGG-19, which carries larger forms over, are here already.</source>
        <translation>当前使用 Impasto 自带的小型网络 sketch。ImageNet 的 VGG-19 能迁移更大的形态，已下载 {0}/{1} MB。</translation>
    </message>
    <message>
        <source>Painting with sketch, Impasto&apos;s own small network. ImageNet&apos;s VGG-19 carries larger forms over: {0} MB, once.</source>
        <translation>当前使用 Impasto 自带的小型网络 sketch。ImageNet 的 VGG-19 能迁移更大的形态：{0} MB，只需下载一次。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>{0}: {1} MB from {2}</source>
        <translation>{0}：{1} MB，来自 {2}</translation>
    </message>
    <message>
        <source>Downloading VGG-19</source>
        <translation>正在下载 VGG-19</translation>
    </message>
    <message>
        <source>Waiting for another Impasto that works on VGG-19 …</source>
        <translation>正在等待另一个 Impasto 处理完 VGG-19…</translation>
    </message>
    <message>
        <source>Checking VGG-19 …</source>
        <translation>正在校验 VGG-19…</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0}/{1} MB</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>waiting for the server …</source>
        <translation>等待服务器…</translation>
    </message>
    <message>
        <source>{0} kB/s</source>
        <translation>{0} kB/s</translation>
    </message>
    <message>
        <source>{0} MB/s</source>
        <translation>{0} MB/s</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>VGG-19 is here: the next render uses it.</source>
        <translation>VGG-19 已就绪，下次渲染即会使用。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>{0}: {1} %</source>
        <translation>{0}：{1}%</translation>
    </message>
</context>
<context>
    <name>NetworkField</name>
    <message>
        <source>a file …</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>{0} (not on this machine)</source>
        <translation>{0}（尚未下载）</translation>
    </message>
    <message>
        <source>Choose weights of VGG-19</source>
        <translation>选择 VGG-19 权重</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors)</source>
        <translation>权重 (*.pth *.pt *.safetensors)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>PartDialog</name>
    <message>
        <source>Crop and scale of {0}</source>
        <translation>{0} 的裁剪与缩放</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Size of this style relative to the stroke size: larger means larger strokes</source>
        <translation>此风格相对于笔触大小的尺寸：越大，笔触越大</translation>
    </message>
    <message>
        <source>All of the picture, at the size of the others</source>
        <translation>整幅图片，与其他风格同样大小</translation>
    </message>
    <message>
        <source>Leave crop and scale as they are</source>
        <translation>裁剪与缩放保持不变</translation>
    </message>
    <message>
        <source>Use this part at this size; a render takes it up</source>
        <translation>以此尺寸使用这一部分；正在进行的渲染会立即采用</translation>
    </message>
    <message>
        <source>{0} × {1} of {2} × {3} px, aspect {4} : 1</source>
        <translation>{2} × {3} 像素中的 {0} × {1}，宽高比 {4} : 1</translation>
    </message>
    <message>
        <source>{0}×</source>
        <translation>{0}×</translation>
    </message>
    <message>
        <source>It is all of the picture, at the size of the others</source>
        <translation>已是整幅图片，与其他风格同样大小</translation>
    </message>
</context>
<context>
    <name>PictureInput</name>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{0} × {1}</source>
        <translation>{0} × {1}</translation>
    </message>
    <message>
        <source>Photographs that come with Impasto</source>
        <translation>Impasto 自带的照片</translation>
    </message>
    <message>
        <source>Paintings that come with Impasto</source>
        <translation>Impasto 自带的画作</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open the {0} picture</source>
        <translation>打开{0}</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste the {0} picture</source>
        <translation>粘贴{0}</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Recent pictures</source>
        <translation>最近使用的图片</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Example pictures for the {0}</source>
        <translation>{0}示例</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the {0} picture</source>
        <translation>移除{0}</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>{0} 的更多选项</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard</source>
        <translation>剪贴板上没有图片</translation>
    </message>
    <message>
        <source>No picture was opened yet</source>
        <translation>还没有打开过图片</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>The photograph before it was painted, at {0} %</source>
        <translation>渲染前的照片，{0}%</translation>
    </message>
    <message>
        <source>The photograph on the left {1} %, painted on the right, at {0} %</source>
        <translation>左侧 {1}% 为照片，右侧为渲染结果，缩放 {0}%</translation>
    </message>
    <message>
        <source>The painted picture, at {0} %</source>
        <translation>渲染结果，{0}%</translation>
    </message>
    <message>
        <source>The photograph, at {0} %</source>
        <translation>照片，{0}%</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Clean up now …</source>
        <translation>立即清理…</translation>
    </message>
    <message>
        <source>Notify me when a render ends in the background</source>
        <translation>后台渲染结束时通知我</translation>
    </message>
    <message>
        <source>Leave a processor core for other programs</source>
        <translation>为其他程序留出一个处理器核心</translation>
    </message>
    <message>
        <source>Renders and snapshots kept</source>
        <translation>保留的渲染结果与快照</translation>
    </message>
    <message>
        <source>{0} MB in use</source>
        <translation>已用 {0} MB</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>减少动态效果(&amp;R)</translation>
    </message>
    <message>
        <source>Quick save</source>
        <translation>快速保存</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>In braces: {0}</source>
        <translation>占位符：{0}</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>胶片条存储</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>上限(&amp;A)</translation>
    </message>
    <message>
        <source>In the background</source>
        <translation>后台</translation>
    </message>
    <message>
        <source>Light, dark, or whichever the system has</source>
        <translation>浅色、深色，或跟随系统</translation>
    </message>
    <message>
        <source>Acts at once</source>
        <translation>立即生效</translation>
    </message>
    <message>
        <source>Nothing moves by itself, such as the preview of a timelapse</source>
        <translation>没有任何内容会自行移动，例如延时动画的预览</translation>
    </message>
    <message>
        <source>The name that a quickly saved picture gets</source>
        <translation>快速保存的图片所用的文件名</translation>
    </message>
    <message>
        <source>Where quickly saved pictures go</source>
        <translation>快速保存图片的位置</translation>
    </message>
    <message>
        <source>Choose where quickly saved pictures go</source>
        <translation>选择快速保存图片的位置</translation>
    </message>
    <message>
        <source>The format of quickly saved pictures</source>
        <translation>快速保存图片的格式</translation>
    </message>
    <message>
        <source>What kept renders and snapshots may take of the disk</source>
        <translation>渲染结果与快照最多占用的磁盘空间</translation>
    </message>
    <message>
        <source>Delete kept renders that are no longer wanted</source>
        <translation>删除不再需要的渲染结果</translation>
    </message>
    <message>
        <source>Only while another window is in front</source>
        <translation>仅当其他窗口在前台时</translation>
    </message>
    <message>
        <source>The next render uses one thread less, where the number of threads is left open</source>
        <translation>若未指定线程数，下一次渲染会少用一个线程</translation>
    </message>
    <message>
        <source>harbour</source>
        <translation>港湾</translation>
    </message>
    <message>
        <source>starry night</source>
        <translation>星夜</translation>
    </message>
</context>
<context>
    <name>PreferencesModel</name>
    <message>
        <source>The preferences could not be read; defaults stand in for them</source>
        <translation>无法读取首选项，已改用默认值</translation>
    </message>
    <message>
        <source>The preferences were damaged: defaults stand in for what was lost, the old file is kept as {0}</source>
        <translation>首选项文件已损坏：丢失的部分改用默认值，旧文件保留为 {0}</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>A preset sets the whole look, in one step</source>
        <translation>预设可一步设定整体效果</translation>
    </message>
    <message>
        <source>Save as preset …</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Reset everything</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Keep the look under a name of your own</source>
        <translation>以自定的名称保存当前效果</translation>
    </message>
    <message>
        <source>All settings of this panel go back to their defaults</source>
        <translation>将此面板的所有设置恢复为默认值</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Save, rename and delete presets</source>
        <translation>保存、重命名和删除预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Choose a preset of your own first</source>
        <translation>请先选择一个自己的预设</translation>
    </message>
    <message>
        <source>Give the chosen preset another name</source>
        <translation>为选中的预设改名</translation>
    </message>
    <message>
        <source>Delete the chosen preset; the settings stay as they are</source>
        <translation>删除选中的预设，当前设置不变</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>Rename “{0}”</source>
        <translation>重命名“{0}”</translation>
    </message>
    <message>
        <source>Delete the preset “{0}”?</source>
        <translation>删除预设“{0}”？</translation>
    </message>
    <message>
        <source>Name, up to {0} characters:</source>
        <translation>名称（最多 {0} 个字符）：</translation>
    </message>
    <message>
        <source>Replace the preset “{0}”?</source>
        <translation>替换预设“{0}”？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>PresetPopup</name>
    <message>
        <source>The look that Impasto begins with</source>
        <translation>Impasto 的初始外观</translation>
    </message>
    <message>
        <source>A look of your own</source>
        <translation>您自己的外观</translation>
    </message>
    <message>
        <source>Brings a style picture along where you have chosen none.</source>
        <translation>若您尚未选择风格图，会自带一张。</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>a render of the queue</source>
        <translation>队列中的一项</translation>
    </message>
    <message>
        <source>A render of the queue failed: {0}</source>
        <translation>队列中的一项失败：{0}</translation>
    </message>
</context>
<context>
    <name>QueueDesk</name>
    <message>
        <source>The render of the queue is changed</source>
        <translation>队列中的这一项已更改</translation>
    </message>
    <message>
        <source>Added to the queue as number {0}</source>
        <translation>已加入队列，第 {0} 项</translation>
    </message>
    <message>
        <source>there is no style to paint these photographs in</source>
        <translation>没有可用来绘制这些照片的风格</translation>
    </message>
    <message>
        <source>choose a style picture first</source>
        <translation>请先选择风格图片</translation>
    </message>
    <message>
        <source>Where the queue&apos;s renders are saved</source>
        <translation>队列的作品保存在哪里</translation>
    </message>
    <message>
        <source>The queue is done: {0} painted</source>
        <translation>队列已完成：绘制了 {0} 项</translation>
    </message>
    <message>
        <source>The queue is done: {0} painted, {1} failed</source>
        <translation>队列已完成：绘制了 {0} 项，{1} 项失败</translation>
    </message>
    <message>
        <source>Impasto</source>
        <translation>Impasto</translation>
    </message>
</context>
<context>
    <name>QueueKeeper</name>
    <message>
        <source>free some space, or set IMPASTO_HOME to another folder</source>
        <translation>请腾出空间，或将 IMPASTO_HOME 设为其他文件夹</translation>
    </message>
    <message>
        <source>the queue cannot be kept: {0}</source>
        <translation>无法保存队列：{0}</translation>
    </message>
    <message>
        <source>Report it; the queue goes on meanwhile.</source>
        <translation>请报告此问题；队列会继续。</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source> and </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{0} in the style of {1}</source>
        <translation>{0}，{1} 的风格</translation>
    </message>
    <message>
        <source>{0} × {1} px</source>
        <translation>{0} × {1} 像素</translation>
    </message>
    <message>
        <source>strength {0}</source>
        <translation>强度 {0}</translation>
    </message>
    <message>
        <source>{0} steps</source>
        <translation>{0} 步</translation>
    </message>
    <message>
        <source>Being edited</source>
        <translation>正在编辑</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Waiting, begun</source>
        <translation>等待中，已开始过</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Renders that wait; Enter edits one, Delete removes it, Alt+Up moves it up</source>
        <translation>等待绘制的各项；按 Enter 编辑，Delete 移除，Alt+Up 上移</translation>
    </message>
    <message>
        <source>Renders wait here for their turn: Ctrl+Shift+Enter adds what is in the window.
Photographs that are dropped here are painted in its style.</source>
        <translation>作品在这里排队等候绘制：Ctrl+Shift+Enter 把窗口中的内容加入队列。
拖放到这里的照片会以窗口中的风格绘制。</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>还剩 {0}</translation>
    </message>
    <message>
        <source>Each finished render is saved in {0} too</source>
        <translation>每幅完成的作品还会保存到 {0}</translation>
    </message>
    <message>
        <source>Choose another folder than {0}</source>
        <translation>选择 {0} 以外的文件夹</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Begin no further render; the present one is painted to its end</source>
        <translation>不再开始新的一项；当前这一项会画完</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>开始队列</translation>
    </message>
    <message>
        <source>Paint what waits, one after the other</source>
        <translation>依次绘制等待中的各项</translation>
    </message>
    <message>
        <source>Nothing waits in the queue</source>
        <translation>队列中没有等待的项</translation>
    </message>
    <message>
        <source>No render is done yet</source>
        <translation>还没有完成的项</translation>
    </message>
    <message>
        <source>Take those that are done out of the list</source>
        <translation>从列表中移走已完成的各项</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} 项等待</translation>
    </message>
    <message>
        <source>{0} done</source>
        <translation>{0} 项完成</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} 项失败</translation>
    </message>
    <message>
        <source>{0} cancelled</source>
        <translation>{0} 项取消</translation>
    </message>
    <message>
        <source>Select a render of the queue first</source>
        <translation>请先选择队列中的一项</translation>
    </message>
    <message>
        <source>Select one render only</source>
        <translation>请只选择一项</translation>
    </message>
    <message>
        <source>It is being painted</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>It has not been painted yet</source>
        <translation>它还没有绘制过</translation>
    </message>
    <message>
        <source>It is the first already</source>
        <translation>它已经是第一项</translation>
    </message>
    <message>
        <source>It is the last already</source>
        <translation>它已经是最后一项</translation>
    </message>
    <message>
        <source>Stop &amp;Editing</source>
        <translation>停止编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Put its pictures and settings into the window, to change them</source>
        <translation>把它的图片和设置放回窗口，以便更改</translation>
    </message>
    <message>
        <source>Paint &amp;Again</source>
        <translation>再次绘制(&amp;A)</translation>
    </message>
    <message>
        <source>Let it wait for its turn once more</source>
        <translation>让它再次排队等候</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>复制一份(&amp;D)</translation>
    </message>
    <message>
        <source>Put it in once more, after it</source>
        <translation>在其后再加入一份</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Paint it earlier (Alt+Up)</source>
        <translation>提前绘制 (Alt+Up)</translation>
    </message>
    <message>
        <source>Move D&amp;own</source>
        <translation>下移(&amp;O)</translation>
    </message>
    <message>
        <source>Paint it later (Alt+Down)</source>
        <translation>推后绘制 (Alt+Down)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Take it out; if it is being painted, its picture so far is kept</source>
        <translation>将它移出队列；若正在绘制，则保留目前的画面</translation>
    </message>
    <message>
        <source>Save each in a folder</source>
        <translation>每幅保存到文件夹</translation>
    </message>
    <message>
        <source>Folder for the queue&apos;s renders</source>
        <translation>队列作品的文件夹</translation>
    </message>
    <message>
        <source>Clear what is done</source>
        <translation>清除已完成的</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Enlarge …</source>
        <translation>放大…</translation>
    </message>
    <message>
        <source>Save As …</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Go on from the picture on the canvas (Ctrl+R)</source>
        <translation>从画布上的图片继续渲染（Ctrl+R）</translation>
    </message>
    <message>
        <source>Start painting (Ctrl+R)</source>
        <translation>开始渲染（Ctrl+R）</translation>
    </message>
    <message>
        <source>Add to the queue, to be painted in its turn (Ctrl+Shift+Enter)</source>
        <translation>加入队列，轮到时绘制 (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>Stop, and keep the picture (Esc)</source>
        <translation>停止并保留图片（Esc）</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Take this picture off the canvas, and begin from the chosen start again</source>
        <translation>从画布上撤下这张图片，重新从选定的起点开始</translation>
    </message>
    <message>
        <source>Paint this picture larger in the same look, such as for print (Ctrl+Shift+E)</source>
        <translation>以同样的画风把这张图片画得更大，例如用于打印（Ctrl+Shift+E）</translation>
    </message>
    <message>
        <source>Save the picture on the canvas</source>
        <translation>保存画布上的图片</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on painting (P)</source>
        <translation>继续渲染（P）</translation>
    </message>
    <message>
        <source>Wait before the next step (P)</source>
        <translation>在下一步之前暂停（P）</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Paused: settings can be changed</source>
        <translation>已暂停，可以更改设置</translation>
    </message>
    <message>
        <source>Going on …</source>
        <translation>正在继续…</translation>
    </message>
    <message>
        <source>scale {0}/{1}</source>
        <translation>尺度 {0}/{1}</translation>
    </message>
    <message>
        <source>{0} it/s</source>
        <translation>{0} 步/秒</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>“{0}” cannot be made: {1}</source>
        <translation>无法创建“{0}”：{1}</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>请选择其他文件夹</translation>
    </message>
    <message>
        <source>Saving {0} …</source>
        <translation>正在保存 {0}…</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures ({0})</source>
        <translation>图片 ({0})</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格</translation>
    </message>
</context>
<context>
    <name>Scrubbing</name>
    <message>
        <source>This moment is no longer kept</source>
        <translation>这一时刻已不再保留</translation>
    </message>
    <message>
        <source>branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Go back to a moment of the run first</source>
        <translation>请先回到渲染中的某一时刻</translation>
    </message>
    <message>
        <source>The run was of another content picture</source>
        <translation>那次渲染用的是另一张内容图</translation>
    </message>
    <message>
        <source>Choose a style picture first</source>
        <translation>请先选择风格图</translation>
    </message>
    <message>
        <source>The render is being cancelled</source>
        <translation>正在取消渲染</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Show or hide all the other settings</source>
        <translation>显示或隐藏其余设置</translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>已折叠</translation>
    </message>
</context>
<context>
    <name>SeriesRun</name>
    <message>
        <source>{0} …</source>
        <translation>{0}…</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>content picture</source>
        <translation>更换内容图</translation>
    </message>
    <message>
        <source>style picture</source>
        <translation>更换风格图</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>removal of the content picture</source>
        <translation>移除内容图</translation>
    </message>
    <message>
        <source>removal of the style picture</source>
        <translation>移除风格图</translation>
    </message>
    <message>
        <source>swap of content and style</source>
        <translation>交换内容图与风格图</translation>
    </message>
    <message>
        <source>start</source>
        <translation>更改起点</translation>
    </message>
    <message>
        <source>style pictures</source>
        <translation>风格图</translation>
    </message>
    <message>
        <source>restored recipe</source>
        <translation>恢复配方</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>enlarging</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>resumption</source>
        <translation>恢复渲染</translation>
    </message>
    <message>
        <source>Saving {0} …</source>
        <translation>正在保存 {0}…</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>已保存 {0}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{0} …</source>
        <translation>{0}…</translation>
    </message>
    <message>
        <source>render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>Wait for the end of the render, or cancel it</source>
        <translation>请等待渲染结束，或取消渲染</translation>
    </message>
    <message>
        <source>the picture on the canvas</source>
        <translation>画布上的图片</translation>
    </message>
    <message>
        <source>put its file beside one of the pictures, or download it</source>
        <translation>请把它的文件放在其中一张图片旁边，或下载它</translation>
    </message>
    <message>
        <source>open the pictures that it was painted of, then enlarge it</source>
        <translation>请打开绘制它所用的图片，然后再放大</translation>
    </message>
    <message>
        <source>variation</source>
        <translation>变体</translation>
    </message>
</context>
<context>
    <name>ShareSlider</name>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>B or \</source>
        <translation>B 或 \</translation>
    </message>
    <message>
        <source>Hold to see the picture before</source>
        <translation>按住查看渲染前的图片</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom about the cursor</source>
        <translation>以光标为中心缩放</translation>
    </message>
    <message>
        <source>Space + drag, middle button, arrows</source>
        <translation>空格加拖动、鼠标中键、方向键</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Shift + arrows</source>
        <translation>Shift + 方向键</translation>
    </message>
    <message>
        <source>Move the line between before and after</source>
        <translation>移动前后对比的分界线</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Fit, or actual pixels</source>
        <translation>切换适合窗口与实际像素</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>Known once there is a content picture</source>
        <translation>有了内容图片后才知道</translation>
    </message>
    <message>
        <source>Height; the picture keeps its shape</source>
        <translation>高度；图片保持原有比例</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>inch</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width; the picture keeps its shape</source>
        <translation>宽度；图片保持原有比例</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>In pixels, or as it is printed on paper</source>
        <translation>以像素表示，或以打印在纸上的尺寸表示</translation>
    </message>
    <message>
        <source>Dots per inch on paper; written into the saved file</source>
        <translation>纸上每英寸的点数；会写入保存的文件</translation>
    </message>
    <message>
        <source>“{0}” is no number</source>
        <translation>“{0}”不是数字</translation>
    </message>
    <message>
        <source>write one such as 30 or 21.5</source>
        <translation>请写成 30 或 21.5 这样的数字</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>A render is running</source>
        <translation>渲染正在进行</translation>
    </message>
    <message>
        <source>A picture is being read</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Choose a content and a style picture first</source>
        <translation>请先选择内容图和风格图</translation>
    </message>
    <message>
        <source>Choose a content picture first</source>
        <translation>请先选择内容图</translation>
    </message>
    <message>
        <source>Choose a style picture first</source>
        <translation>请先选择风格图</translation>
    </message>
    <message>
        <source>A mask is empty: paint it, or clear it</source>
        <translation>有蒙版为空：请绘制，或将其清除</translation>
    </message>
    <message>
        <source>A series of pictures is being painted</source>
        <translation>正在绘制一组图片</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>没有正在进行的渲染</translation>
    </message>
    <message>
        <source>A series is cancelled, not paused</source>
        <translation>一组图片只能取消，不能暂停</translation>
    </message>
    <message>
        <source>The render is being cancelled</source>
        <translation>正在取消渲染</translation>
    </message>
    <message>
        <source>Take a snapshot, or wait for the end of the render</source>
        <translation>请拍摄快照，或等待渲染结束</translation>
    </message>
    <message>
        <source>There is no picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Put this picture on the canvas first, or go back to it</source>
        <translation>请先把这张图片放到画布上，或返回画布</translation>
    </message>
    <message>
        <source>The style that this picture was painted by is not open</source>
        <translation>绘制这张图片所用的风格图没有打开</translation>
    </message>
    <message>
        <source>There are no pictures to swap</source>
        <translation>没有可交换的图片</translation>
    </message>
    <message>
        <source>Wait for the end of the render, or cancel it</source>
        <translation>请等待渲染结束，或取消渲染</translation>
    </message>
    <message>
        <source>There is no painted picture yet</source>
        <translation>还没有绘制好的图片</translation>
    </message>
    <message>
        <source>How this picture was painted is not known</source>
        <translation>不知道这张图片是怎样绘制的</translation>
    </message>
    <message>
        <source>Choose a content picture first: masks are painted on it</source>
        <translation>请先选择内容图：蒙版绘制在其上</translation>
    </message>
    <message>
        <source>Choose a style picture first: masks say where it goes</source>
        <translation>请先选择风格图：蒙版指定其作用区域</translation>
    </message>
    <message>
        <source>The canvas is shown already</source>
        <translation>当前显示的就是画布</translation>
    </message>
</context>
<context>
    <name>StyleList</name>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Choose further style pictures</source>
        <translation>选择更多风格图</translation>
    </message>
    <message>
        <source>Pictures ({0});;All files (*)</source>
        <translation>图片 ({0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a style picture first</source>
        <translation>请先选择风格图</translation>
    </message>
    <message>
        <source>There are {0} styles, which is all that find room</source>
        <translation>已有 {0} 种风格，无法再添加</translation>
    </message>
    <message>
        <source>{0} styles at most find room; the rest is left out</source>
        <translation>最多容纳 {0} 种风格，其余未添加</translation>
    </message>
    <message>
        <source>Choose another style picture</source>
        <translation>选择另一幅风格图</translation>
    </message>
    <message>
        <source>removal of a style</source>
        <translation>移除一种风格</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped</source>
        <translation>拖入的内容中没有图片</translation>
    </message>
</context>
<context>
    <name>StyleRow</name>
    <message>
        <source>Share of {0}</source>
        <translation>{0} 的占比</translation>
    </message>
    <message>
        <source>Crop and Scale …</source>
        <translation>裁剪与缩放…</translation>
    </message>
    <message>
        <source>Replace …</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Only This Style</source>
        <translation>仅此风格</translation>
    </message>
    <message>
        <source>Equal Shares</source>
        <translation>均分</translation>
    </message>
</context>
<context>
    <name>Styles</name>
    <message>
        <source>{0} more</source>
        <translation>另外 {0} 种</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} 和 {1}</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>auto ({0})</source>
        <translation>自动 ({0})</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>{0}.</source>
        <translation>{0}。</translation>
    </message>
</context>
<context>
    <name>Timelapsing</name>
    <message>
        <source>There is no run yet to make a timelapse of</source>
        <translation>还没有可以制作延时动画的渲染</translation>
    </message>
    <message>
        <source>what was recorded of the run cannot be read: {0}</source>
        <translation>无法读取渲染的记录：{0}</translation>
    </message>
    <message>
        <source>free some space for temporary files, and render again</source>
        <translation>请为临时文件腾出空间，然后重新渲染</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{0} timelapse</source>
        <translation>{0} 延时动画</translation>
    </message>
    <message>
        <source>Save the timelapse</source>
        <translation>保存延时动画</translation>
    </message>
    <message>
        <source>Timelapse ({0})</source>
        <translation>延时动画 ({0})</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>已保存 {0}</translation>
    </message>
</context>
<context>
    <name>TroubleDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>出了点问题</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>What the program knows of it</source>
        <translation>程序所知的有关信息</translation>
    </message>
    <message>
        <source>Copy this and the versions, for a report</source>
        <translation>连同版本信息一起复制，供反馈问题时使用</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>VariationsDialog</name>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Render This</source>
        <translation>渲染这张</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Go back to the canvas; nothing is taken over (Esc)</source>
        <translation>回到画布，不采用任何设置（Esc）</translation>
    </message>
    <message>
        <source>Paint what is missing</source>
        <translation>绘制尚缺的图片</translation>
    </message>
    <message>
        <source>Stop; what is painted stays</source>
        <translation>停止；已绘制的保留</translation>
    </message>
    <message>
        <source>Paint it at full size, starting from this picture, by its settings</source>
        <translation>从这张图片开始，按其设置以完整尺寸绘制</translation>
    </message>
    <message>
        <source>It is in the filmstrip already</source>
        <translation>它已在胶片条中</translation>
    </message>
    <message>
        <source>Put it in the filmstrip</source>
        <translation>放入胶片条</translation>
    </message>
    <message>
        <source>Wait until torch is loaded</source>
        <translation>请等待 torch 加载完毕</translation>
    </message>
    <message>
        <source>All of them are painted</source>
        <translation>全部都已绘制</translation>
    </message>
    <message>
        <source>Choose a picture first</source>
        <translation>请先选择一张图片</translation>
    </message>
    <message>
        <source>This one is not painted yet</source>
        <translation>这张尚未绘制</translation>
    </message>
    <message>
        <source>Click a picture to choose it, or walk with the arrow keys</source>
        <translation>点击图片即可选择，也可用方向键移动</translation>
    </message>
    <message>
        <source>{0} pictures of {1} × {2} px</source>
        <translation>{0} 张图片，每张 {1} × {2} 像素</translation>
    </message>
    <message>
        <source>{0}, ≈ {1}</source>
        <translation>{0}，约 {1}</translation>
    </message>
</context>
<context>
    <name>Wardrobe</name>
    <message>
        <source>default look</source>
        <translation>默认外观</translation>
    </message>
    <message>
        <source>preset “{0}”</source>
        <translation>预设“{0}”</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>Only the settings go back: no picture of then is kept</source>
        <translation>只恢复了设置：当时的画面没有保留</translation>
    </message>
</context>
<context>
    <name>Writer</name>
    <message>
        <source>save it under another name; if it happens again, report it</source>
        <translation>请换个名称保存；若再次发生，请报告</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Bold strokes</source>
        <translation>粗犷笔触</translation>
    </message>
    <message>
        <source>CPU threads (auto: all cores).</source>
        <translation>CPU 线程数（自动：使用全部核心）。</translation>
    </message>
    <message>
        <source>Caffe&apos;s input (BGR in 0 … 255), as recognised</source>
        <translation>识别为 Caffe 输入（BGR，0 … 255）</translation>
    </message>
    <message>
        <source>Camera data</source>
        <translation>相机信息</translation>
    </message>
    <message>
        <source>Can only build</source>
        <translation>Can only build</translation>
    </message>
    <message>
        <source>Can only create</source>
        <translation>Can only create</translation>
    </message>
    <message>
        <source>Chalky strokes, soft and light, near the photograph&apos;s colours.</source>
        <translation>粉质的笔触，柔和明亮，接近照片的色彩。</translation>
    </message>
    <message>
        <source>Coarse to fine</source>
        <translation>由粗到细</translation>
    </message>
    <message>
        <source>Computation</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Content against style</source>
        <translation>内容与风格的权衡</translation>
    </message>
    <message>
        <source>Content layer</source>
        <translation>内容层</translation>
    </message>
    <message>
        <source>Content reconstructions</source>
        <translation>内容重建</translation>
    </message>
    <message>
        <source>Content weight</source>
        <translation>内容权重</translation>
    </message>
    <message>
        <source>Cut lines in black, tinted by hand with the photograph&apos;s colours.</source>
        <translation>黑色的刻线，以照片的色彩手工着色。</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>位深</translation>
    </message>
    <message>
        <source>Depth of the saved picture, 8 or 16 (auto: 16 for PNG and TIFF where the content has more than 8, else 8).</source>
        <translation>保存图片的位深，8 或 16（自动：内容图超过 8 位时 PNG 和 TIFF 用 16，否则用 8）。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Dots of pure colour that mix in the eye.</source>
        <translation>纯色的小点，在眼中混合。</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Fine detail</source>
        <translation>精细细节</translation>
    </message>
    <message>
        <source>From photograph to photograph</source>
        <translation>从照片到照片</translation>
    </message>
    <message>
        <source>How much of each of several styles, in their order: 0.7,0.3; 0 leaves one out (auto: equal shares).</source>
        <translation>多种风格各占多少，按其顺序：0.7,0.3；0 表示不用该风格（自动：均分）。</translation>
    </message>
    <message>
        <source>How much of the style: each ten is a visible step.</source>
        <translation>风格的浓淡：每 10 点都有看得出的变化。</translation>
    </message>
    <message>
        <source>How the style comes to the content&apos;s size: whole keeps all of it at the same area, cover crops it to the same sides, stretch distorts it (auto: whole; for paper cover).</source>
        <translation>风格图如何适配内容图的尺寸：完整保留全图、面积相同，裁切使边长一致，拉伸则会变形（自动：完整；论文目标用裁切）。</translation>
    </message>
    <message>
        <source>Impasto</source>
        <translation>厚涂</translation>
    </message>
    <message>
        <source>Impasto&apos;s own</source>
        <translation>Impasto 自带</translation>
    </message>
    <message>
        <source>Impasto&apos;s own small network of VGG-19&apos;s shape, not ImageNet&apos;s; the fast preview</source>
        <translation>Impasto 自带的小型网络，结构同 VGG-19，但并非用 ImageNet 训练；适合快速预览</translation>
    </message>
    <message>
        <source>In front</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>水墨</translation>
    </message>
    <message>
        <source>Ink on pale paper, dark lines and washes, hardly any colour.</source>
        <translation>淡纸上的水墨，深色的线条与晕染，几乎没有色彩。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>Iterations in all, shared out over the scales, most of them where they are cheap; 0 only evaluates (auto: by the device).</source>
        <translation>总迭代次数，分配到各个尺度，大多用在计算量小的尺度上；0 表示只评估（自动：视设备而定）。</translation>
    </message>
    <message>
        <source>L-BFGS memory</source>
        <translation>L-BFGS 记忆步数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Long side of the result (auto: by the device).</source>
        <translation>结果的长边（自动：视设备而定）。</translation>
    </message>
    <message>
        <source>Long sides of the coarse-to-fine pyramid, ascending, such as 128,256,512; the last is the size of the result (auto: halved down to 128; for paper only the size itself).</source>
        <translation>由粗到细金字塔各级的长边，从小到大，例如 128,256,512；最后一级即结果的尺寸（自动：逐级减半至 128；论文目标只用结果尺寸）。</translation>
    </message>
    <message>
        <source>MP4 needs the package “av”, which is not installed</source>
        <translation>MP4 需要“av”软件包，但它尚未安装</translation>
    </message>
    <message>
        <source>Makes the noise repeatable (auto: drawn afresh and recorded).</source>
        <translation>使噪声可以重现（自动：每次随机生成并记录）。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>马赛克</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>这不是文件夹</translation>
    </message>
    <message>
        <source>Number format of the features; mixed is bfloat16 and, for the last tenth at full size, float32 (auto: mixed where the device is faster with bfloat16, else float32).</source>
        <translation>特征的数值格式；混合即 bfloat16，全尺寸下最后十分之一的步数用 float32（自动：设备用 bfloat16 更快时为混合，否则为 float32）。</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>优化目标</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>油画</translation>
    </message>
    <message>
        <source>Oil paint in fine, calm strokes, with some of the photograph&apos;s colours.</source>
        <translation>细腻平静的油画笔触，保留照片的部分色彩。</translation>
    </message>
    <message>
        <source>One photograph, several styles</source>
        <translation>一张照片，多种风格</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>边缘填充</translation>
    </message>
    <message>
        <source>Pastel</source>
        <translation>色粉</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Pictures with a longer side are computed in tiles of this size, exactly, to save memory (auto: by the device&apos;s memory).</source>
        <translation>长边超过此值的图片分块精确计算，以节省内存（自动：视设备内存而定）。</translation>
    </message>
    <message>
        <source>Pointillism</source>
        <translation>点彩</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>RGB in 0 … 1</source>
        <translation>RGB，0 … 1</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Size of each style relative to the stroke size, in their order: 1,0.5 (auto: all 1).</source>
        <translation>每种风格相对于笔触大小的尺寸，按其顺序：1,0.5（自动：均为 1）。</translation>
    </message>
    <message>
        <source>Size of the style relative to the result: larger means larger strokes.</source>
        <translation>风格图相对于结果的大小：越大笔触越大。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Soft washes that run into each other; small things dissolve.</source>
        <translation>柔和的色块相互晕染，细小之物随之化开。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Step length of adam and λ of gradient (auto: 0.02 for adam; for gradient as long as the first step allows).</source>
        <translation>Adam 的步长，梯度下降的 λ（自动：Adam 为 0.02；梯度下降取第一步所能容许的最大值）。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stones with dark joints, large enough to be counted.</source>
        <translation>带深色接缝的石块，大得可以数清。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Stroke size</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>Style crops</source>
        <translation>风格裁剪</translation>
    </message>
    <message>
        <source>Style fit</source>
        <translation>风格适配</translation>
    </message>
    <message>
        <source>Style layers</source>
        <translation>风格层</translation>
    </message>
    <message>
        <source>Style reconstructions</source>
        <translation>风格重建</translation>
    </message>
    <message>
        <source>Style scales</source>
        <translation>风格缩放</translation>
    </message>
    <message>
        <source>Style shares</source>
        <translation>风格占比</translation>
    </message>
    <message>
        <source>Style statistic</source>
        <translation>风格统计量</translation>
    </message>
    <message>
        <source>Style weight</source>
        <translation>风格权重</translation>
    </message>
    <message>
        <source>The algorithm</source>
        <translation>算法</translation>
    </message>
    <message>
        <source>The content layer</source>
        <translation>内容层</translation>
    </message>
    <message>
        <source>The layer whose features the result keeps: shallow keeps pixels, deep keeps layout (auto: the paper&apos;s conv4_2; conv2_2 with sketch).</source>
        <translation>结果保留哪一层的特征：浅层保留像素，深层保留布局（自动：论文的 conv4_2；sketch 用 conv2_2）。</translation>
    </message>
    <message>
        <source>The part of each style that counts, in their order: whole, or left,top,right,bottom from 0 to 1, such as whole/0,0.25,0.5,1 (auto: all of each).</source>
        <translation>每种风格中起作用的部分，按其顺序：whole，或取值 0 到 1 的 左,上,右,下，例如 whole/0,0.25,0.5,1（自动：各取整幅）。</translation>
    </message>
    <message>
        <source>The style&apos;s brushwork in the photograph&apos;s own colours.</source>
        <translation>风格的笔法，照片自己的色彩。</translation>
    </message>
    <message>
        <source>The style&apos;s smallest strokes, gently: all that is small stays legible.</source>
        <translation>轻轻用上风格中最小的笔触，细小之物仍清晰可辨。</translation>
    </message>
    <message>
        <source>The style&apos;s strokes very large and strong; small things give way.</source>
        <translation>风格的笔触又大又强，细小之物让位。</translation>
    </message>
    <message>
        <source>Thick paint in the style&apos;s colours, laid on strongly.</source>
        <translation>以风格的色彩厚重堆涂。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>训练输入</translation>
    </message>
    <message>
        <source>True colours</source>
        <translation>原色</translation>
    </message>
    <message>
        <source>Try another picture.</source>
        <translation>请换一张图片。</translation>
    </message>
    <message>
        <source>VGG-19 trained on ImageNet</source>
        <translation>用 ImageNet 训练的 VGG-19</translation>
    </message>
    <message>
        <source>VGG-19 weights that you added</source>
        <translation>您添加的 VGG-19 权重</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>水彩</translation>
    </message>
    <message>
        <source>Weight of the total variation, which calms single pixels (auto: by the objective; for paper 0).</source>
        <translation>总变差的权重，可抑制杂散像素（自动：视优化目标而定；论文目标为 0）。</translation>
    </message>
    <message>
        <source>What came is kept. Try again; if it happens again, report it.</source>
        <translation>已下载的部分会保留。请重试；如果再次发生，请反馈。</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保留什么</translation>
    </message>
    <message>
        <source>What the layers keep</source>
        <translation>各层保留了什么</translation>
    </message>
    <message>
        <source>What the network sees beyond the picture&apos;s edges: zeros, as VGG-19 was trained, which leave a frame, or the edge itself replicated (auto: replicate; for paper zeros).</source>
        <translation>网络在图片边缘之外看到什么：补零（VGG-19 训练时的做法，会留下边框），或复制边缘像素（自动：复制；论文目标用补零）。</translation>
    </message>
    <message>
        <source>What the saved picture keeps of the content&apos;s EXIF: none, all but the position where it was taken, or all.</source>
        <translation>保存的图片保留内容图的哪些 EXIF：不保留、除拍摄位置外都保留，或全部保留。</translation>
    </message>
    <message>
        <source>Where the optimisation starts</source>
        <translation>优化从何处开始</translation>
    </message>
    <message>
        <source>Which input a weights file was trained for (auto: recognised from its values).</source>
        <translation>权重文件是针对哪种输入训练的（自动：从数值识别）。</translation>
    </message>
    <message>
        <source>Which network&apos;s features describe the pictures: vgg19, sketch, one that you added, or a weights file (auto: vgg19 where its weights are on this machine, else sketch).</source>
        <translation>用哪个网络的特征来描述图片：vgg19、sketch、您添加的网络，或权重文件（自动：本机有 vgg19 权重就用它，否则用 sketch）。</translation>
    </message>
    <message>
        <source>Whose colours the result has: style takes the style&apos;s, luminance paints in light only and keeps the photograph&apos;s, match brings the style&apos;s to the photograph&apos;s first, by symmetric square roots, match-cholesky by Cholesky&apos;s factors.</source>
        <translation>结果采用谁的色彩：“风格”用风格图的，“仅明暗”只画明暗并保留照片的色彩，“匹配”先用对称平方根把风格图的色彩映射到照片的，“匹配（三角）”则用矩阵的三角分解。</translation>
    </message>
    <message>
        <source>Woodcut</source>
        <translation>木刻</translation>
    </message>
    <message>
        <source>Written into the saved picture for printers, which take its size on paper from it (auto: left out; 300 with a print size).</source>
        <translation>写入保存的图片，供打印机据此确定纸上尺寸（自动：不写入；指定打印尺寸时为 300）。</translation>
    </message>
    <message>
        <source>a layer is named twice</source>
        <translation>有一层写了两次</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a mask lies over the whole content: crop or paint it in the content&apos;s shape</source>
        <translation>蒙版覆盖整张内容图：请按内容图的形状裁剪或绘制</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a number of steps that is not whole</source>
        <translation>步数不是整数</translation>
    </message>
    <message>
        <source>a pair without curvature</source>
        <translation>存在没有曲率的向量对</translation>
    </message>
    <message>
        <source>a rate that is not above 0</source>
        <translation>学习率不大于 0</translation>
    </message>
    <message>
        <source>a square below 0</source>
        <translation>平方值小于 0</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>all shares are 0; for no style set the style weight to 0</source>
        <translation>所有占比均为 0；若不要风格，请将风格权重设为 0</translation>
    </message>
    <message>
        <source>all weights are 0; for no style set the style weight to 0</source>
        <translation>所有权重都是 0；若不要风格，请将风格权重设为 0</translation>
    </message>
    <message>
        <source>allocate memory</source>
        <translation>分配内存</translation>
    </message>
    <message>
        <source>at least one layer is needed; for no style set the style weight to 0</source>
        <translation>至少需要一层；若不要风格，请将风格权重设为 0</translation>
    </message>
    <message>
        <source>at least one style</source>
        <translation>至少一张风格图</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>average is the paper&apos;s; max is how VGG-19 was trained.</source>
        <translation>平均是论文的做法；最大是 VGG-19 训练时的做法。</translation>
    </message>
    <message>
        <source>averages over no steps</source>
        <translation>平均值不含任何一步</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>balanced keeps the look when the size changes; paper is the formulas of 2016 to the letter.</source>
        <translation>均衡在尺寸变化时保持效果不变；论文严格按照 2016 年的公式。</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>bits a channel</source>
        <translation>位/通道</translation>
    </message>
    <message>
        <source>brighten the map there, or leave the style out</source>
        <translation>请把该处的强度图调亮，或去掉这种风格</translation>
    </message>
    <message>
        <source>caffe</source>
        <translation>Caffe</translation>
    </message>
    <message>
        <source>check its permissions</source>
        <translation>请检查它的权限</translation>
    </message>
    <message>
        <source>check the disk</source>
        <translation>请检查磁盘</translation>
    </message>
    <message>
        <source>check the name</source>
        <translation>请检查名称</translation>
    </message>
    <message>
        <source>check the name and the folder</source>
        <translation>请检查名称和文件夹</translation>
    </message>
    <message>
        <source>choose a larger crop of it, or the whole picture</source>
        <translation>请选择更大的裁剪，或整幅图片</translation>
    </message>
    <message>
        <source>choose a name of letters, digits, . _ and -</source>
        <translation>名称请只用字母、数字、. _ 和 -</translation>
    </message>
    <message>
        <source>choose a smaller scale for it, or a smaller stroke size</source>
        <translation>请为它选择更小的缩放，或更小的笔触</translation>
    </message>
    <message>
        <source>choose a smaller size or tile, or close other programs</source>
        <translation>请减小尺寸或分块，或关闭其他程序</translation>
    </message>
    <message>
        <source>choose another name</source>
        <translation>请换一个名称</translation>
    </message>
    <message>
        <source>choose another name, or allow overwriting</source>
        <translation>请换一个名称，或允许覆盖</translation>
    </message>
    <message>
        <source>choose another name, or remove that one first</source>
        <translation>请换一个名称，或先移除那一个</translation>
    </message>
    <message>
        <source>choose another size, or another number of dots per inch</source>
        <translation>请换一个尺寸，或换一个每英寸点数</translation>
    </message>
    <message>
        <source>choose content, style, noise, or name a picture file</source>
        <translation>请选择 content、style、noise，或指定图片文件</translation>
    </message>
    <message>
        <source>choose precision float32 or smaller weights</source>
        <translation>请选择精度 float32，或减小权重</translation>
    </message>
    <message>
        <source>choose precision float32, smaller weights or another network</source>
        <translation>请选择精度 float32、减小权重，或换用其他网络</translation>
    </message>
    <message>
        <source>choose statistic gram, or the objective balanced</source>
        <translation>请选择 Gram 矩阵统计量，或均衡目标</translation>
    </message>
    <message>
        <source>close programs that use its files, or check its permissions</source>
        <translation>请关闭正在使用其中文件的程序，或检查权限</translation>
    </message>
    <message>
        <source>colour_blend</source>
        <translation>色彩恢复</translation>
    </message>
    <message>
        <source>colour_strength</source>
        <translation>色彩强度</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>content weight and style weight are both 0: nothing to do</source>
        <translation>内容权重和风格权重都是 0，没有可做的事</translation>
    </message>
    <message>
        <source>content, style, noise, or a picture file (auto: content; for paper noise).</source>
        <translation>内容图、风格图、噪声，或图片文件（自动：内容图；论文目标用噪声）。</translation>
    </message>
    <message>
        <source>content_layer</source>
        <translation>内容层</translation>
    </message>
    <message>
        <source>content_weight</source>
        <translation>内容权重</translation>
    </message>
    <message>
        <source>conv1_1: keeps every pixel</source>
        <translation>conv1_1：保留每个像素</translation>
    </message>
    <message>
        <source>conv1_2: keeps every pixel</source>
        <translation>conv1_2：保留每个像素</translation>
    </message>
    <message>
        <source>conv2_1: keeps pixels</source>
        <translation>conv2_1：保留像素</translation>
    </message>
    <message>
        <source>conv2_2: keeps pixels</source>
        <translation>conv2_2：保留像素</translation>
    </message>
    <message>
        <source>conv3_1: keeps fine forms</source>
        <translation>conv3_1：保留细小形状</translation>
    </message>
    <message>
        <source>conv3_2: keeps fine forms</source>
        <translation>conv3_2：保留细小形状</translation>
    </message>
    <message>
        <source>conv3_3: keeps fine forms</source>
        <translation>conv3_3：保留细小形状</translation>
    </message>
    <message>
        <source>conv3_4: keeps fine forms</source>
        <translation>conv3_4：保留细小形状</translation>
    </message>
    <message>
        <source>conv4_1: keeps forms</source>
        <translation>conv4_1：保留形状</translation>
    </message>
    <message>
        <source>conv4_2: keeps forms</source>
        <translation>conv4_2：保留形状</translation>
    </message>
    <message>
        <source>conv4_3: keeps forms</source>
        <translation>conv4_3：保留形状</translation>
    </message>
    <message>
        <source>conv4_4: keeps forms</source>
        <translation>conv4_4：保留形状</translation>
    </message>
    <message>
        <source>conv5_1: keeps layout</source>
        <translation>conv5_1：保留布局</translation>
    </message>
    <message>
        <source>conv5_2: keeps layout</source>
        <translation>conv5_2：保留布局</translation>
    </message>
    <message>
        <source>conv5_3: keeps layout</source>
        <translation>conv5_3：保留布局</translation>
    </message>
    <message>
        <source>conv5_4: keeps layout</source>
        <translation>conv5_4：保留布局</translation>
    </message>
    <message>
        <source>correct the setting</source>
        <translation>请更正这项设置</translation>
    </message>
    <message>
        <source>correct the setting; `impasto render --help` lists all of them</source>
        <translation>请更正这项设置；`impasto render --help` 列出了所有设置</translation>
    </message>
    <message>
        <source>could not execute a primitive</source>
        <translation>无法执行运算单元</translation>
    </message>
    <message>
        <source>cover</source>
        <translation>裁切</translation>
    </message>
    <message>
        <source>cpu, cuda, cuda:1, mps, xpu (auto: the fastest there is).</source>
        <translation>cpu、cuda、cuda:1、mps、xpu（自动：最快的设备）。</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>位深</translation>
    </message>
    <message>
        <source>detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>download them first</source>
        <translation>请先下载</translation>
    </message>
    <message>
        <source>dpi</source>
        <translation>dpi</translation>
    </message>
    <message>
        <source>every pixel</source>
        <translation>每个像素</translation>
    </message>
    <message>
        <source>exif</source>
        <translation>相机信息</translation>
    </message>
    <message>
        <source>far too many pixels</source>
        <translation>像素过多</translation>
    </message>
    <message>
        <source>feature maps and Gram matrices of the style, the result and the content, by layer, with the losses.</source>
        <translation>风格图、结果和内容图逐层的特征图与 Gram 矩阵，并附损失。</translation>
    </message>
    <message>
        <source>fetch vgg19, or add a file</source>
        <translation>请下载 vgg19，或添加文件</translation>
    </message>
    <message>
        <source>filters scaled to mean activation 1 over these pictures</source>
        <translation>滤波器已按这些图片缩放至平均激活为 1</translation>
    </message>
    <message>
        <source>fine forms</source>
        <translation>细小形状</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>free some space, or clean up the filmstrip in the preferences</source>
        <translation>请腾出一些空间，或在首选项中清理胶片条</translation>
    </message>
    <message>
        <source>free some space, or name a file on another disk</source>
        <translation>请腾出一些空间，或保存到其他磁盘</translation>
    </message>
    <message>
        <source>free some space, or set IMPASTO_HOME to another folder</source>
        <translation>请腾出一些空间，或将 IMPASTO_HOME 设为其他文件夹</translation>
    </message>
    <message>
        <source>from the content</source>
        <translation>从内容图开始</translation>
    </message>
    <message>
        <source>from the style</source>
        <translation>从风格图开始</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>gram</source>
        <translation>Gram 矩阵</translation>
    </message>
    <message>
        <source>gram is the paper&apos;s; wasserstein compares means and covariances.</source>
        <translation>Gram 矩阵是论文的做法；Wasserstein 比较均值和协方差。</translation>
    </message>
    <message>
        <source>history</source>
        <translation>L-BFGS 记忆步数</translation>
    </message>
    <message>
        <source>init</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>init: there is no style to start from</source>
        <translation>init：没有可作为起点的风格图</translation>
    </message>
    <message>
        <source>install it by `pip install &quot;impasto[heic]&quot;`, or save the picture as JPEG</source>
        <translation>请用 `pip install &quot;impasto[heic]&quot;` 安装，或将图片存为 JPEG</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>it holds more than it says</source>
        <translation>内容比它声明的多</translation>
    </message>
    <message>
        <source>it holds no named weights</source>
        <translation>其中没有带名称的权重</translation>
    </message>
    <message>
        <source>it is no weights file</source>
        <translation>这不是权重文件</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>它不在本机</translation>
    </message>
    <message>
        <source>it sends another part than asked for</source>
        <translation>它发来的不是所请求的部分</translation>
    </message>
    <message>
        <source>it was changed, or made by another version of Impasto; name another picture</source>
        <translation>它被改动过，或出自另一版本的 Impasto；请换一张图片</translation>
    </message>
    <message>
        <source>it was replaced meanwhile</source>
        <translation>它在此期间被替换了</translation>
    </message>
    <message>
        <source>its CMYK was read as a common press&apos;s, as no profile says which</source>
        <translation>没有说明 CMYK 的色彩配置文件，已按常见印刷标准读取</translation>
    </message>
    <message>
        <source>its camera data (EXIF) is damaged and was ignored</source>
        <translation>相机信息（EXIF）已损坏，已忽略</translation>
    </message>
    <message>
        <source>its colour profile is unusable and was ignored: sRGB was assumed</source>
        <translation>色彩配置文件无法使用，已忽略，按 sRGB 处理</translation>
    </message>
    <message>
        <source>its mean is no list of numbers</source>
        <translation>其均值不是一组数字</translation>
    </message>
    <message>
        <source>its mean is not three numbers in 0 … 1</source>
        <translation>其均值不是 0 … 1 之间的三个数</translation>
    </message>
    <message>
        <source>its step is not of its scale</source>
        <translation>步数与尺度不符</translation>
    </message>
    <message>
        <source>lbfgs</source>
        <translation>L-BFGS</translation>
    </message>
    <message>
        <source>learning_rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>leave that out to go on with the checkpoint, or start afresh without it</source>
        <translation>请去掉这些设置以便从检查点继续，或不用检查点重新开始</translation>
    </message>
    <message>
        <source>leave the setting weights_input at auto</source>
        <translation>请将“训练输入”保持为自动</translation>
    </message>
    <message>
        <source>luminance</source>
        <translation>仅明暗</translation>
    </message>
    <message>
        <source>make a timelapse of a run that has begun</source>
        <translation>请在渲染开始之后再制作延时动画</translation>
    </message>
    <message>
        <source>make it smaller first</source>
        <translation>请先将它缩小</translation>
    </message>
    <message>
        <source>make it, or name another</source>
        <translation>请先创建，或换一个文件夹</translation>
    </message>
    <message>
        <source>match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>match-cholesky</source>
        <translation>匹配（三角）</translation>
    </message>
    <message>
        <source>matched by Cholesky</source>
        <translation>用三角分解匹配</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>measuring activations</source>
        <translation>正在测量激活值</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>more pairs than L-BFGS remembers</source>
        <translation>向量对多于 L-BFGS 的记忆步数</translation>
    </message>
    <message>
        <source>name a checkpoint that this version of Impasto wrote, or start afresh without</source>
        <translation>请使用此版本 Impasto 写入的检查点，或重新开始</translation>
    </message>
    <message>
        <source>name a content and that many styles</source>
        <translation>请给出一张内容图和相应数量的风格图</translation>
    </message>
    <message>
        <source>name a file in a folder</source>
        <translation>请指定文件夹中的一个文件</translation>
    </message>
    <message>
        <source>name a file in a folder that exists</source>
        <translation>请选择已有文件夹中的文件</translation>
    </message>
    <message>
        <source>name a file in it</source>
        <translation>请指定其中的一个文件</translation>
    </message>
    <message>
        <source>name a file of VGG-19 weights as the network, or vgg19 to download them once (548 MB)</source>
        <translation>请选择 VGG-19 权重文件作为网络，或选择 vgg19 下载一次（548 MB）</translation>
    </message>
    <message>
        <source>name a file of VGG-19 weights: torchvision&apos;s .pth, Caffe&apos;s, or safetensors</source>
        <translation>请选择 VGG-19 权重文件：torchvision 的 .pth、Caffe 的，或 safetensors</translation>
    </message>
    <message>
        <source>name a file somewhere else</source>
        <translation>请换一个位置</translation>
    </message>
    <message>
        <source>name a larger size: --size N, or --print-size and --dpi</source>
        <translation>请指定更大的尺寸：--size N，或 --print-size 与 --dpi</translation>
    </message>
    <message>
        <source>name a mask for each style: a file, none (everywhere), rest or alpha</source>
        <translation>请为每种风格指定一个蒙版：文件、none（全部）、rest 或 alpha</translation>
    </message>
    <message>
        <source>name a mask&apos;s file for every other style</source>
        <translation>请为其他每种风格指定蒙版文件</translation>
    </message>
    <message>
        <source>name a mask&apos;s file, or a content with alpha</source>
        <translation>请指定蒙版文件，或带透明度的内容图</translation>
    </message>
    <message>
        <source>name a network that was fetched or added</source>
        <translation>请选择下载或添加过的网络</translation>
    </message>
    <message>
        <source>name a picture file in it</source>
        <translation>请选择其中的一个图片文件</translation>
    </message>
    <message>
        <source>name a picture that Impasto saved, and not with --no-recipe</source>
        <translation>请选择 Impasto 保存的图片，且保存时没有使用 --no-recipe</translation>
    </message>
    <message>
        <source>name a style picture</source>
        <translation>请指定一幅风格图</translation>
    </message>
    <message>
        <source>name a weights file as the network, or use sketch</source>
        <translation>选择权重文件作为网络，或使用 sketch</translation>
    </message>
    <message>
        <source>name another picture (PNG, JPEG, TIFF, WebP and most other formats are read)</source>
        <translation>请换一张图片（支持 PNG、JPEG、TIFF、WebP 及大多数其他格式）</translation>
    </message>
    <message>
        <source>name each value once: every cell is to differ</source>
        <translation>每个值只写一次：各张应当不同</translation>
    </message>
    <message>
        <source>name its file with --network</source>
        <translation>请用 --network 指定它的文件</translation>
    </message>
    <message>
        <source>name one to go across and, if you like, one to go down</source>
        <translation>请选一项横向变化，如有需要再选一项纵向变化</translation>
    </message>
    <message>
        <source>name one, or set the style weight to 0</source>
        <translation>请选择一张，或将风格权重设为 0</translation>
    </message>
    <message>
        <source>name the network that it was made with</source>
        <translation>请使用当时所用的网络</translation>
    </message>
    <message>
        <source>name the pictures that it was made with, unchanged and in the same order</source>
        <translation>请使用当时所用的图片，未经改动且顺序相同</translation>
    </message>
    <message>
        <source>name the pictures: render CONTENT STYLE --recipe FILE (and --init, if it is the start)</source>
        <translation>请指定图片：render CONTENT STYLE --recipe FILE（如果缺的是起点，再加 --init）</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>no driver of NVIDIA&apos;s is running here: install it and restart, or, in a container, pass the GPU in</source>
        <translation>没有正在运行的 NVIDIA 驱动：请安装后重启；若在容器中，请将 GPU 传入</translation>
    </message>
    <message>
        <source>no ending</source>
        <translation>无扩展名</translation>
    </message>
    <message>
        <source>no frame was recorded</source>
        <translation>没有记录任何一帧</translation>
    </message>
    <message>
        <source>no masks</source>
        <translation>没有蒙版</translation>
    </message>
    <message>
        <source>no network is on this machine</source>
        <translation>本机没有网络</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>未说明原因</translation>
    </message>
    <message>
        <source>no style picture is named</source>
        <translation>没有选择风格图</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不保留</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>优化目标</translation>
    </message>
    <message>
        <source>one style</source>
        <translation>一张风格图</translation>
    </message>
    <message>
        <source>only the picture was written as</source>
        <translation>只写入了图片本身的</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>内存耗尽</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>边缘填充</translation>
    </message>
    <message>
        <source>paint white where the style is to go, or leave the style out</source>
        <translation>请在风格应到之处涂白，或去掉这种风格</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>render it again</source>
        <translation>请重新渲染</translation>
    </message>
    <message>
        <source>replicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>restart Impasto; if it happens again, update the driver or choose the device cpu</source>
        <translation>请重新启动 Impasto；如果再次发生，请更新驱动或选择设备 cpu</translation>
    </message>
    <message>
        <source>save it as PNG or TIFF</source>
        <translation>请保存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <source>save it as PNG or TIFF, or choose depth 8</source>
        <translation>请保存为 PNG 或 TIFF，或选择位深 8</translation>
    </message>
    <message>
        <source>save the picture without it, and enlarge that</source>
        <translation>请另存一张不带风格角图的图片，再放大它</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>scales ascend, each named once, such as 128,256,512</source>
        <translation>尺度须从小到大，各写一次，例如 128,256,512</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>set IMPASTO_HOME to another folder</source>
        <translation>将 IMPASTO_HOME 设为其他文件夹</translation>
    </message>
    <message>
        <source>settings are a JSON object of names and values</source>
        <translation>设置应为由名称和值组成的 JSON 对象</translation>
    </message>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>start it afresh</source>
        <translation>请重新开始</translation>
    </message>
    <message>
        <source>started from the content, from the style, and from four noises.</source>
        <translation>分别从内容图、风格图和四种噪声开始。</translation>
    </message>
    <message>
        <source>statistic</source>
        <translation>风格统计量</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>stretch</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>style_crops</source>
        <translation>风格裁剪</translation>
    </message>
    <message>
        <source>style_fit</source>
        <translation>风格适配</translation>
    </message>
    <message>
        <source>style_layers</source>
        <translation>风格层</translation>
    </message>
    <message>
        <source>style_scale</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>style_scales</source>
        <translation>风格缩放</translation>
    </message>
    <message>
        <source>style_shares</source>
        <translation>风格占比</translation>
    </message>
    <message>
        <source>style_weight</source>
        <translation>风格权重</translation>
    </message>
    <message>
        <source>takes means</source>
        <translation>可测均值</translation>
    </message>
    <message>
        <source>the checkpoint holds the picture alone: the optimiser starts afresh</source>
        <translation>检查点只含图片，优化器将重新开始</translation>
    </message>
    <message>
        <source>the content</source>
        <translation>内容图</translation>
    </message>
    <message>
        <source>the content matched on conv2_2 and on conv4_2.</source>
        <translation>分别在 conv2_2 和 conv4_2 上匹配内容。</translation>
    </message>
    <message>
        <source>the end of the render</source>
        <translation>渲染结束</translation>
    </message>
    <message>
        <source>the filmstrip</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>the loss falls no further at this scale and precision</source>
        <translation>在此尺度和精度下损失不再下降</translation>
    </message>
    <message>
        <source>the loss is not a finite number however small the step</source>
        <translation>无论步长多小，损失都不是有限数</translation>
    </message>
    <message>
        <source>the loss of the start is not a finite number</source>
        <translation>起点的损失不是有限数</translation>
    </message>
    <message>
        <source>the loss was not a finite number; went back to the last good picture and on with a smaller step</source>
        <translation>损失不是有限数，已退回上一张正常的图片，并以更小的步长继续</translation>
    </message>
    <message>
        <source>the mask “rest” is what other masks leave, and there is none, or one is everywhere</source>
        <translation>蒙版“rest”是其他蒙版剩下的部分，而这里没有其他蒙版，或其中一个已覆盖全部</translation>
    </message>
    <message>
        <source>the numbers are not this optimiser&apos;s</source>
        <translation>这些数值不属于此优化器</translation>
    </message>
    <message>
        <source>the optimiser is adam: what lbfgs remembers would not fit into memory</source>
        <translation>优化器为 Adam：内存放不下 L-BFGS 的记忆</translation>
    </message>
    <message>
        <source>the paper&apos;s objective is defined by Gram matrices alone</source>
        <translation>论文目标只由 Gram 矩阵定义</translation>
    </message>
    <message>
        <source>the photograph in each of the styles named, with the style in the corner.</source>
        <translation>同一张照片的各种风格，角上附风格图。</translation>
    </message>
    <message>
        <source>the photograph&apos;s</source>
        <translation>照片的</translation>
    </message>
    <message>
        <source>the picture is no longer in the filmstrip&apos;s folder</source>
        <translation>图片已不在胶片条的文件夹中</translation>
    </message>
    <message>
        <source>the recipe is too long for a picture file and was left out</source>
        <translation>配方太长，未写入图片文件</translation>
    </message>
    <message>
        <source>the render that was interrupted cannot be read any more</source>
        <translation>被中断的渲染已无法读取</translation>
    </message>
    <message>
        <source>the result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>the selector on pytorch.org names the command</source>
        <translation>pytorch.org 的选择器会给出安装命令</translation>
    </message>
    <message>
        <source>the style</source>
        <translation>风格图</translation>
    </message>
    <message>
        <source>the style found again from the statistics of ever more layers, the content from ever deeper ones.</source>
        <translation>由越来越多层的统计量重建风格，由越来越深的层重建内容。</translation>
    </message>
    <message>
        <source>the style lies in the picture&apos;s corner, and would be painted over</source>
        <translation>图片角上有风格图，放大时会被画花</translation>
    </message>
    <message>
        <source>the style of one photograph on another.</source>
        <translation>把一张照片的风格用到另一张上。</translation>
    </message>
    <message>
        <source>the style&apos;s</source>
        <translation>风格图的</translation>
    </message>
    <message>
        <source>the style&apos;s, matched</source>
        <translation>风格图的，已匹配</translation>
    </message>
    <message>
        <source>the tensors are not this optimiser&apos;s</source>
        <translation>这些张量不属于此优化器</translation>
    </message>
    <message>
        <source>the weight of the content against that of the style, from 1e-4 to 1e-1.</source>
        <translation>内容相对于风格的权重，从 1e-4 到 1e-1。</translation>
    </message>
    <message>
        <source>there is no new</source>
        <translation>没有新的</translation>
    </message>
    <message>
        <source>there is no picture in it</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <source>this macOS is too old for torch&apos;s use of it: update macOS</source>
        <translation>此 macOS 版本太旧，torch 无法使用它：请更新 macOS</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>tile</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>torch finds none that it can use: install Intel&apos;s GPU driver with Level Zero</source>
        <translation>torch 找不到可用的 GPU：请安装带 Level Zero 的 Intel GPU 驱动</translation>
    </message>
    <message>
        <source>torchvision</source>
        <translation>torchvision</translation>
    </message>
    <message>
        <source>torchvision&apos;s input (normalised RGB), as recognised</source>
        <translation>识别为 torchvision 输入（归一化 RGB）</translation>
    </message>
    <message>
        <source>transparent parts were laid on white</source>
        <translation>透明部分已铺上白底</translation>
    </message>
    <message>
        <source>try again on an idle machine</source>
        <translation>请在空闲的机器上重试</translation>
    </message>
    <message>
        <source>tv_weight</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>unrecognized function</source>
        <translation>unrecognized function</translation>
    </message>
    <message>
        <source>vary another setting as well</source>
        <translation>请另选一项设置</translation>
    </message>
    <message>
        <source>wasserstein</source>
        <translation>Wasserstein</translation>
    </message>
    <message>
        <source>weights are 0 or more</source>
        <translation>权重须大于或等于 0</translation>
    </message>
    <message>
        <source>weights_input</source>
        <translation>训练输入</translation>
    </message>
    <message>
        <source>what it goes on from is missing</source>
        <translation>缺少起始图片</translation>
    </message>
    <message>
        <source>what it goes on from is no picture</source>
        <translation>起始数据不是图片</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>without-position</source>
        <translation>除位置外</translation>
    </message>
    <message>
        <source>write it as 30x20cm, 12x8in or, the long side alone, 30cm</source>
        <translation>请写成 30x20cm、12x8in，或只写长边 30cm</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>补零</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
    <message>
        <source>α; 0 is texture synthesis.</source>
        <translation>α；0 即纹理合成。</translation>
    </message>
    <message>
        <source>β; 0 is content reconstruction (auto: by the objective; for paper α/β = 1e-3).</source>
        <translation>β；0 即内容重建（自动：视优化目标而定；论文目标为 α/β = 1e-3）。</translation>
    </message>
    <message>
        <source>--network {0} downloads it once; another network gives another picture</source>
        <translation>--network {0} 会下载一次；换用其他网络得到的图片会不同</translation>
    </message>
    <message>
        <source>8 of its {0} bits a channel were read</source>
        <translation>每通道 {0} 位，只读取了 8 位</translation>
    </message>
    <message>
        <source>L-BFGS remembers {0} steps: more would not fit into memory</source>
        <translation>L-BFGS 只记住 {0} 步：更多则内存放不下</translation>
    </message>
    <message>
        <source>ROCm {0} finds none that it can use: look whether ROCm supports it, and whether you may open /dev/kfd (groups render and video)</source>
        <translation>ROCm {0} 找不到可用的 GPU：请确认 ROCm 支持它，且您有权打开 /dev/kfd（render 和 video 组）</translation>
    </message>
    <message>
        <source>Unexpected {0}: {1}</source>
        <translation>意外错误 {0}：{1}</translation>
    </message>
    <message>
        <source>VGG-19 weights from the file {0}</source>
        <translation>文件 {0} 中的 VGG-19 权重</translation>
    </message>
    <message>
        <source>a GPU is there, but it does not start ({0}): restart the machine</source>
        <translation>有 GPU，但无法启动（{0}）：请重启电脑</translation>
    </message>
    <message>
        <source>a crash would lose this render, as it cannot be kept: {0}</source>
        <translation>此次渲染无法留存，崩溃时会丢失：{0}</translation>
    </message>
    <message>
        <source>a crop is {0}, or left,top,right,bottom from 0 to 1, such as 0,0.25,0.5,1</source>
        <translation>裁剪应为 {0}，或取值 0 到 1 的 左,上,右,下，例如 0,0.25,0.5,1</translation>
    </message>
    <message>
        <source>a figure&apos;s panels do not start from a file, such as {0}</source>
        <translation>图中各格不能从文件（如 {0}）开始</translation>
    </message>
    <message>
        <source>a number above {0} to {1}</source>
        <translation>数字，大于 {0}，最大 {1}</translation>
    </message>
    <message>
        <source>a number from {0} to {1}</source>
        <translation>数字，{0} 到 {1}</translation>
    </message>
    <message>
        <source>a preset&apos;s name has 1 to {0} characters</source>
        <translation>预设的名称须有 1 到 {0} 个字符</translation>
    </message>
    <message>
        <source>a sheet varies one or two settings, not {0}</source>
        <translation>一页变化一项或两项设置，而不是 {0} 项</translation>
    </message>
    <message>
        <source>a whole number from {0} to {1}</source>
        <translation>整数，{0} 到 {1}</translation>
    </message>
    <message>
        <source>alpha of {0}</source>
        <translation>{0} 的透明度</translation>
    </message>
    <message>
        <source>at {0} px the content is only {1} px on its short side</source>
        <translation>尺寸为 {0} px时，内容图的短边只有 {1} px</translation>
    </message>
    <message>
        <source>checking {0}</source>
        <translation>正在校验 {0}</translation>
    </message>
    <message>
        <source>choose a larger size, so that the short side has {0} px, or crop it</source>
        <translation>请增大尺寸，使短边达到 {0} px，或裁剪图片</translation>
    </message>
    <message>
        <source>choose between {0} and {1} px</source>
        <translation>请在 {0} 到 {1} px 之间选择</translation>
    </message>
    <message>
        <source>choose between {0} and {1} s</source>
        <translation>请在 {0} 到 {1} 秒之间选择</translation>
    </message>
    <message>
        <source>choose content and style layers up to {0}, or another network</source>
        <translation>请选择不深于 {0} 的内容层和风格层，或换用其他网络</translation>
    </message>
    <message>
        <source>choose one of {0}</source>
        <translation>请选择其一：{0}</translation>
    </message>
    <message>
        <source>colour blend {0} → {1}</source>
        <translation>色彩恢复 {0} → {1}</translation>
    </message>
    <message>
        <source>colour strength {0} → {1}</source>
        <translation>色彩强度 {0} → {1}</translation>
    </message>
    <message>
        <source>colours {0} → {1}</source>
        <translation>色彩 {0} → {1}</translation>
    </message>
    <message>
        <source>connect to the internet and try again, or {0}</source>
        <translation>请连接互联网后重试，或{0}</translation>
    </message>
    <message>
        <source>content layer {0} → {1}</source>
        <translation>内容层 {0} → {1}</translation>
    </message>
    <message>
        <source>content weight {0} → {1}</source>
        <translation>内容权重 {0} → {1}</translation>
    </message>
    <message>
        <source>converting {0}</source>
        <translation>正在转换 {0}</translation>
    </message>
    <message>
        <source>detail {0} → {1}</source>
        <translation>细节 {0} → {1}</translation>
    </message>
    <message>
        <source>downloading the weights of {0} ({1} MB), once</source>
        <translation>正在下载 {0} 的权重（{1} MB），只需一次</translation>
    </message>
    <message>
        <source>downloading {0}</source>
        <translation>正在下载 {0}</translation>
    </message>
    <message>
        <source>each style&apos;s scale is a number from {0} to {1}</source>
        <translation>每种风格的缩放是 {0} 到 {1} 之间的数</translation>
    </message>
    <message>
        <source>each style&apos;s share is a number from 0 to {0}</source>
        <translation>每种风格的占比是 0 到 {0} 之间的数</translation>
    </message>
    <message>
        <source>end it in {0}</source>
        <translation>请以 {0} 结尾</translation>
    </message>
    <message>
        <source>end the name in one of {0}</source>
        <translation>文件名请以下列之一结尾：{0}</translation>
    </message>
    <message>
        <source>enlarges “{0}” from {1} to {2} px in {3} steps</source>
        <translation>将“{0}”从 {1} 放大到 {2} 像素，共 {3} 步</translation>
    </message>
    <message>
        <source>fetch it again; if that does not help, {0}</source>
        <translation>请重新下载；如果仍然不行，请{0}</translation>
    </message>
    <message>
        <source>fetch them again: impasto networks fetch {0}</source>
        <translation>请重新下载：impasto networks fetch {0}</translation>
    </message>
    <message>
        <source>figure {0} is about {1} and sets it by itself</source>
        <translation>图 {0} 讨论的就是 {1}，会自行设定</translation>
    </message>
    <message>
        <source>figure {0} takes {1}, not {2}</source>
        <translation>图 {0} 需要{1}，而不是 {2} 张</translation>
    </message>
    <message>
        <source>float32 from step {0} on</source>
        <translation>从第 {0} 步起使用 float32</translation>
    </message>
    <message>
        <source>free some space, or {0}</source>
        <translation>请腾出一些空间，或{0}</translation>
    </message>
    <message>
        <source>from noise {0}</source>
        <translation>从噪声 {0} 开始</translation>
    </message>
    <message>
        <source>get another copy: impasto networks fetch {0}</source>
        <translation>请重新获取：impasto networks fetch {0}</translation>
    </message>
    <message>
        <source>goes on from step {0} of {1}</source>
        <translation>从第 {0}/{1} 步继续</translation>
    </message>
    <message>
        <source>init: there is no start {0}</source>
        <translation>没有这样的起点：{0}</translation>
    </message>
    <message>
        <source>its picture ended after {0} of {1} steps</source>
        <translation>这张图片只渲染了 {0}/{1} 步</translation>
    </message>
    <message>
        <source>l-bfgs memory {0} → {1}</source>
        <translation>L-BFGS 记忆步数 {0} → {1}</translation>
    </message>
    <message>
        <source>learning rate {0} → {1}</source>
        <translation>学习率 {0} → {1}</translation>
    </message>
    <message>
        <source>leave {0} out</source>
        <translation>请去掉 {0}</translation>
    </message>
    <message>
        <source>left out: {0}; “{1}” ends at {2}</source>
        <translation>略去：{0}；“{1}”到 {2} 为止</translation>
    </message>
    <message>
        <source>loading {0}</source>
        <translation>正在加载 {0}</translation>
    </message>
    <message>
        <source>look at this machine&apos;s proxy and certificate settings, or {0}</source>
        <translation>请检查本机的代理和证书设置，或{0}</translation>
    </message>
    <message>
        <source>made with {0}: the result may differ in its last digits</source>
        <translation>由 {0} 生成：结果的末位数字可能不同</translation>
    </message>
    <message>
        <source>masks {0}</source>
        <translation>蒙版 {0}</translation>
    </message>
    <message>
        <source>more than the {0} bytes that are expected</source>
        <translation>多于预期的 {0} 字节</translation>
    </message>
    <message>
        <source>name a picture of at least {0} px on each side</source>
        <translation>请选择每边至少 {0} px的图片</translation>
    </message>
    <message>
        <source>name at most {0}; another sheet can show the others</source>
        <translation>最多写 {0} 个值，其余可放到另一页</translation>
    </message>
    <message>
        <source>name one for each style, or say {0} auto</source>
        <translation>请为每种风格各指定一个，或使用 {0} auto</translation>
    </message>
    <message>
        <source>name one of {0}, or a file of VGG-19 weights</source>
        <translation>请选择 {0} 之一，或 VGG-19 权重文件</translation>
    </message>
    <message>
        <source>name one of: {0}, auto</source>
        <translation>请选择：{0}、auto</translation>
    </message>
    <message>
        <source>name several, such as {0}</source>
        <translation>请写出多个值，例如 {0}</translation>
    </message>
    <message>
        <source>needs ≈ {0}</source>
        <translation>约需 {0}</translation>
    </message>
    <message>
        <source>needs ≈ {0} and ≈ {1}</source>
        <translation>约需 {0}，约 {1}</translation>
    </message>
    <message>
        <source>networks cannot be kept in {0}: {1}</source>
        <translation>无法将网络保存到 {0}：{1}</translation>
    </message>
    <message>
        <source>no connection to {0}: {1}</source>
        <translation>无法连接 {0}：{1}</translation>
    </message>
    <message>
        <source>no mask: {0}</source>
        <translation>不是蒙版：{0}</translation>
    </message>
    <message>
        <source>no report can be written to {0}</source>
        <translation>无法将报告写入 {0}</translation>
    </message>
    <message>
        <source>no space is left in {0}</source>
        <translation>{0} 没有剩余空间</translation>
    </message>
    <message>
        <source>no space is left in {0}{1}</source>
        <translation>没有剩余空间：{0}{1}</translation>
    </message>
    <message>
        <source>no timelapse can be written as “{0}”</source>
        <translation>延时动画不能写成“{0}”</translation>
    </message>
    <message>
        <source>nothing came for {0} s</source>
        <translation>{0} 秒内没有收到数据</translation>
    </message>
    <message>
        <source>reading {0}</source>
        <translation>正在读取 {0}</translation>
    </message>
    <message>
        <source>remove them (impasto networks remove {0}) and add them again</source>
        <translation>请移除（impasto networks remove {0}）后重新添加</translation>
    </message>
    <message>
        <source>scale it below {0} megapixels first</source>
        <translation>请先缩小到 {0} 百万像素以下</translation>
    </message>
    <message>
        <source>size {0} and the last of the scales, {1}, disagree: name one of them</source>
        <translation>尺寸 {0} 与最后一级尺度 {1} 不一致：请只指定其一</translation>
    </message>
    <message>
        <source>smoothing {0} → {1}</source>
        <translation>平滑 {0} → {1}</translation>
    </message>
    <message>
        <source>strength map {0}</source>
        <translation>强度图 {0}</translation>
    </message>
    <message>
        <source>strength: {0} is not allowed: {1}</source>
        <translation>强度不能为 {0}，应为{1}</translation>
    </message>
    <message>
        <source>stroke size {0} → {1}</source>
        <translation>笔触大小 {0} → {1}</translation>
    </message>
    <message>
        <source>style crops {0} → {1}</source>
        <translation>风格裁剪 {0} → {1}</translation>
    </message>
    <message>
        <source>style fit {0} → {1}</source>
        <translation>风格适配 {0} → {1}</translation>
    </message>
    <message>
        <source>style layers {0} → {1}</source>
        <translation>风格层 {0} → {1}</translation>
    </message>
    <message>
        <source>style scales {0} → {1}</source>
        <translation>风格缩放 {0} → {1}</translation>
    </message>
    <message>
        <source>style shares {0} → {1}</source>
        <translation>风格占比 {0} → {1}</translation>
    </message>
    <message>
        <source>style statistic {0} → {1}</source>
        <translation>风格统计量 {0} → {1}</translation>
    </message>
    <message>
        <source>style weight {0} → {1}</source>
        <translation>风格权重 {0} → {1}</translation>
    </message>
    <message>
        <source>the camera data (EXIF) has no place in {0} and was left out</source>
        <translation>{0} 不能存放相机信息（EXIF），已省略</translation>
    </message>
    <message>
        <source>the change was not taken up: {0}; {1}</source>
        <translation>更改未被采用：{0}；{1}</translation>
    </message>
    <message>
        <source>the checkpoint is of another render: {0}</source>
        <translation>检查点属于另一次渲染：{0}</translation>
    </message>
    <message>
        <source>the connection broke ({0})</source>
        <translation>连接中断（{0}）</translation>
    </message>
    <message>
        <source>the crop of “{0}” has {1}×{2} px, and a side takes {3} px at least</source>
        <translation>“{0}”的裁剪为 {1}×{2} 像素，而每边至少需要 {3} 像素</translation>
    </message>
    <message>
        <source>the device no longer gives the picture ({0}): it is saved as it was shown, {1}×{2} px in 8 bits</source>
        <translation>设备已无法交出图片（{0}）：按显示的样子保存，{1}×{2} px，8 位</translation>
    </message>
    <message>
        <source>the download is damaged and was thrown away: its SHA-256 begins with {0}, not {1}</source>
        <translation>下载的文件已损坏并被丢弃：其 SHA-256 以 {0} 开头，而不是 {1}</translation>
    </message>
    <message>
        <source>the download of {0} stopped at {1} of {2} MB: {3}</source>
        <translation>{0} 的下载停在 {1}/{2} MB：{3}</translation>
    </message>
    <message>
        <source>the filmstrip cannot keep the picture: {0}</source>
        <translation>胶片条无法保存这张图片：{0}</translation>
    </message>
    <message>
        <source>the filmstrip&apos;s folder {0} cannot be changed: {1}</source>
        <translation>无法更改胶片条的文件夹 {0}：{1}</translation>
    </message>
    <message>
        <source>the first of {0} frames</source>
        <translation>共 {0} 帧，只取第一帧</translation>
    </message>
    <message>
        <source>the folder {0} does not exist</source>
        <translation>文件夹 {0} 不存在</translation>
    </message>
    <message>
        <source>the last bits may differ from an uninterrupted render: {0}</source>
        <translation>末位可能与未中断的渲染不同：{0}</translation>
    </message>
    <message>
        <source>the mask “{0}” is empty: it is black, or transparent, everywhere</source>
        <translation>蒙版“{0}”是空的：处处为黑色或透明</translation>
    </message>
    <message>
        <source>the mask “{0}” is white everywhere: the same as none</source>
        <translation>蒙版“{0}”处处为白色：等于没有蒙版</translation>
    </message>
    <message>
        <source>the mask “{0}” is {1} × {2} px, of another shape than the content, {3} × {4}</source>
        <translation>蒙版“{0}”为 {1} × {2} 像素，与内容图（{3} × {4}）形状不同</translation>
    </message>
    <message>
        <source>the masks were not taken up: {0}; {1}</source>
        <translation>蒙版未被采用：{0}；{1}</translation>
    </message>
    <message>
        <source>the number of masks, {0}, is not that of the styles, {1}</source>
        <translation>蒙版数量（{0}）与风格数量（{1}）不一致</translation>
    </message>
    <message>
        <source>the number of {0} is {1}, that of the styles {2}</source>
        <translation>{0}的数量为 {1}，而风格的数量为 {2}</translation>
    </message>
    <message>
        <source>the panel “{0}” is left out: {1}</source>
        <translation>略去“{0}”这一格：{1}</translation>
    </message>
    <message>
        <source>the picture stays as it is: {0}</source>
        <translation>画面保持不变：{0}</translation>
    </message>
    <message>
        <source>the recipe has {0} style{1}, {2} are named</source>
        <translation>配方有 {0} 张风格图{1}，指定了 {2} 张</translation>
    </message>
    <message>
        <source>the recipe in “{0}” cannot be used: {1}</source>
        <translation>“{0}”中的配方无法使用：{1}</translation>
    </message>
    <message>
        <source>the recipe&apos;s network {0} is not on this machine</source>
        <translation>配方所用的网络 {0} 不在本机</translation>
    </message>
    <message>
        <source>the recipe&apos;s network “{0}” is neither beside it nor in this folder</source>
        <translation>配方所用的网络“{0}”既不在它旁边，也不在当前文件夹</translation>
    </message>
    <message>
        <source>the recipe&apos;s picture “{0}” is neither beside it nor in this folder</source>
        <translation>配方所用的图片“{0}”既不在它旁边，也不在当前文件夹</translation>
    </message>
    <message>
        <source>the rest of the timelapse is not recorded: {0}; the render goes on</source>
        <translation>延时动画的其余部分不再记录：{0}；渲染继续进行</translation>
    </message>
    <message>
        <source>the settings are no JSON: {0}</source>
        <translation>设置不是 JSON：{0}</translation>
    </message>
    <message>
        <source>the strength map “{0}” is black wherever the mask “{1}” is not</source>
        <translation>凡蒙版“{1}”不为黑之处，强度图“{0}”都是黑的</translation>
    </message>
    <message>
        <source>the weight in {0} is not a number</source>
        <translation>{0} 中的权重不是数字</translation>
    </message>
    <message>
        <source>the weights of {0} are not on this machine</source>
        <translation>{0} 的权重不在本机</translation>
    </message>
    <message>
        <source>the weights of {0} were changed or damaged on this machine</source>
        <translation>本机上 {0} 的权重被改动或已损坏</translation>
    </message>
    <message>
        <source>there is a network {0} already</source>
        <translation>已有名为 {0} 的网络</translation>
    </message>
    <message>
        <source>there is a preset “{0}” already</source>
        <translation>已有名为“{0}”的预设</translation>
    </message>
    <message>
        <source>there is no checkpoint {0}</source>
        <translation>没有检查点 {0}</translation>
    </message>
    <message>
        <source>there is no device {0} here{1}</source>
        <translation>本机没有这个设备：{0}{1}</translation>
    </message>
    <message>
        <source>there is no example {0} {1}</source>
        <translation>没有这个示例：{0} {1}</translation>
    </message>
    <message>
        <source>there is no file {0}</source>
        <translation>没有文件 {0}</translation>
    </message>
    <message>
        <source>there is no layer {0}: VGG-19 has {1} … {2}{3}</source>
        <translation>没有层 {0}：VGG-19 有 {1} … {2}{3}</translation>
    </message>
    <message>
        <source>there is no network and no weights file {0}</source>
        <translation>没有名为 {0} 的网络或权重文件</translation>
    </message>
    <message>
        <source>there is no setting {0}{1}</source>
        <translation>没有这项设置：{0}{1}</translation>
    </message>
    <message>
        <source>there is nothing to remove of {0}: {1}</source>
        <translation>{0} 没有可移除的内容：{1}</translation>
    </message>
    <message>
        <source>this torch ({0}) is built for {1}, not for its {2}: install a torch that is; {3}</source>
        <translation>这个 torch（{0}）是为 {1} 编译的，不支持它的 {2}：请安装支持的版本；{3}</translation>
    </message>
    <message>
        <source>tile {0} → {1}</source>
        <translation>分块 {0} → {1}</translation>
    </message>
    <message>
        <source>undo will not bring this picture back: {0}</source>
        <translation>撤销将无法恢复此画面：{0}</translation>
    </message>
    <message>
        <source>vary one of {0}</source>
        <translation>可变化的有：{0}</translation>
    </message>
    <message>
        <source>{0} and {1} are the same setting</source>
        <translation>{0}与{1}是同一项设置</translation>
    </message>
    <message>
        <source>{0} bits a channel</source>
        <translation>{0} 位/通道</translation>
    </message>
    <message>
        <source>{0} cm at {1} dpi</source>
        <translation>{0} 厘米，{1} dpi</translation>
    </message>
    <message>
        <source>{0} cm at {1} dpi are {2} px; a result has from {3} to {4}</source>
        <translation>{0} 厘米在 {1} dpi 下为 {2} 像素；结果须在 {3} 到 {4} 之间</translation>
    </message>
    <message>
        <source>{0} did not come in {1} s</source>
        <translation>{0} 在 {1} 秒内没有出现</translation>
    </message>
    <message>
        <source>{0} has a side of 0</source>
        <translation>{0} 有一边为 0</translation>
    </message>
    <message>
        <source>{0} has no place for dots per inch: they were left out</source>
        <translation>{0} 无法记录每英寸点数：已省略</translation>
    </message>
    <message>
        <source>{0} has not enough memory: {1}; the picture is kept and the render goes on</source>
        <translation>{0} 内存不足：{1}；图片已保留，渲染继续</translation>
    </message>
    <message>
        <source>{0} is no size on paper</source>
        <translation>{0} 不是纸上尺寸</translation>
    </message>
    <message>
        <source>{0} is not a number</source>
        <translation>{0} 不是数字</translation>
    </message>
    <message>
        <source>{0} is not one: {1}</source>
        <translation>{0} 不是裁剪：{1}</translation>
    </message>
    <message>
        <source>{0} is not varied: all cells of a sheet are of one size and equally far</source>
        <translation>{0} 不能变化：一页中的各张尺寸相同、进度相同</translation>
    </message>
    <message>
        <source>{0} is varied twice</source>
        <translation>{0}变化了两次</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>torch&apos;s own copy, {0}, is damaged, and was left as it is</source>
        <translation>torch 自己的副本 {0} 已损坏，未作改动</translation>
    </message>
    <message>
        <source>Coarse or fine: which of the style&apos;s details lead, its large forms at 0, its smallest strokes at 100. Style layers that are named go before it.</source>
        <translation>粗或细：由风格图的哪些细节主导，0 为大的形状，100 为最小的笔触。已指定的风格层优先。</translation>
    </message>
    <message>
        <source>Colour blend</source>
        <translation>色彩恢复</translation>
    </message>
    <message>
        <source>Colour strength</source>
        <translation>色彩强度</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source>How far colours go from the style&apos;s, at 0, to what is chosen; nothing with style.</source>
        <translation>色彩从风格图的（0）到所选的走多远；选“风格”时不起作用。</translation>
    </message>
    <message>
        <source>How much of the photograph&apos;s colours the finished picture is given back; its light and its strokes stay.</source>
        <translation>完成的图片恢复多少照片的色彩；明暗和笔触不变。</translation>
    </message>
    <message>
        <source>Steps that L-BFGS remembers (auto: 20, or 10 or 5 where more do not fit).</source>
        <translation>L-BFGS 记住的步数（自动：20；内存放不下时为 10 或 5）。</translation>
    </message>
    <message>
        <source>The layers whose statistics the result takes over, each with a weight: conv1_1,conv2_1=0.5 (without a weight: equal shares; auto: by detail, from the paper&apos;s five, with sketch the shallow ones more).</source>
        <translation>结果采用哪些层的统计量，各带一个权重：conv1_1,conv2_1=0.5（不写权重则均分；自动：按细节，取论文的五层，sketch 更偏重浅层）。</translation>
    </message>
    <message>
        <source>install it with: pip install av, or choose WebP or GIF</source>
        <translation>请用 pip install av 安装，或选择 WebP 或 GIF</translation>
    </message>
    <message>
        <source>lbfgs gets furthest per step, adam needs less memory, gradient is the plain step of the paper&apos;s figure 2 (auto: lbfgs where its memory fits, else adam).</source>
        <translation>L-BFGS 每步进展最大，Adam 更省内存，梯度下降是论文图 2 中的朴素做法（自动：内存放得下时用 L-BFGS，否则用 Adam）。</translation>
    </message>
    <message>
        <source>a timelapse cannot have {0} px on its long side</source>
        <translation>延时动画的长边不能是 {0} px</translation>
    </message>
    <message>
        <source>a timelapse cannot last {0} s</source>
        <translation>延时动画的时长不能是 {0} 秒</translation>
    </message>
    <message>
        <source>back at step {0} of {1}</source>
        <translation>回到第 {0}/{1} 步</translation>
    </message>
    <message>
        <source>its driver ({0}) does not serve this torch ({1}, CUDA {2}): update the driver, or install a torch for an older CUDA</source>
        <translation>其驱动程序（{0}）不支持此 torch（{1}，CUDA {2}）：请更新驱动程序，或安装适用于较旧 CUDA 的 torch</translation>
    </message>
    <message>
        <source>the packaged Impasto brings a torch ({0}) without {1}</source>
        <translation>打包版 Impasto 附带的 torch（{0}）不支持 {1}</translation>
    </message>
    <message>
        <source>this torch ({0}) is built without {1}: install one with it</source>
        <translation>此 torch（{0}）不支持 {1}：请安装支持它的版本</translation>
    </message>
    <message>
        <source>try again later, or {0}</source>
        <translation>请稍后重试，或{0}</translation>
    </message>
    <message>
        <source>waiting for another Impasto that works on {0}</source>
        <translation>正在等待另一个 Impasto 处理完 {0}</translation>
    </message>
    <message>
        <source>weights made for {0}</source>
        <translation>为 {0} 制作的权重</translation>
    </message>
    <message>
        <source>what came is kept: fetch again to go on from there, or {0}</source>
        <translation>已下载的部分会保留：请重新下载以继续，或{0}</translation>
    </message>
    <message>
        <source>{0} GPU at PCI {1}</source>
        <translation>{0} GPU，位于 PCI {1}</translation>
    </message>
    <message>
        <source>{0} bytes, where {1} are expected</source>
        <translation>{0} 字节，预期为 {1} 字节</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} cannot name a network</source>
        <translation>{0} 不能用作网络名称</translation>
    </message>
    <message>
        <source>{0} checkpoint: {1}; {2}</source>
        <translation>{0}检查点：{1}；{2}</translation>
    </message>
    <message>
        <source>{0} could not be downloaded: {1}</source>
        <translation>无法下载 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} could not be downloaded: {1} answers: {2}</source>
        <translation>无法下载 {0}：{1} 的答复是：{2}</translation>
    </message>
    <message>
        <source>{0} failed: {1}</source>
        <translation>{0} 出错：{1}</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0} has no transparency: the result lies on white</source>
        <translation>{0} 不支持透明，结果已铺上白底</translation>
    </message>
    <message>
        <source>{0} has not enough memory for this size</source>
        <translation>{0} 的内存不够用于此尺寸</translation>
    </message>
    <message>
        <source>{0} has {1} MB too little space for {2}</source>
        <translation>{0} 的空间还差 {1} MB，放不下 {2}</translation>
    </message>
    <message>
        <source>{0} holds no floating-point numbers</source>
        <translation>{0} 中不是浮点数</translation>
    </message>
    <message>
        <source>{0} holds values that are no numbers</source>
        <translation>{0} 中有非数值</translation>
    </message>
    <message>
        <source>{0} input</source>
        <translation>{0} 输入</translation>
    </message>
    <message>
        <source>{0} input, as asked</source>
        <translation>按要求作为 {0} 输入</translation>
    </message>
    <message>
        <source>{0} is damaged: its SHA-256 does not begin with {1}</source>
        <translation>{0} 已损坏：其 SHA-256 不以 {1} 开头</translation>
    </message>
    <message>
        <source>{0} is not of the picture&apos;s {1}×{2} px</source>
        <translation>{0} 与图片的 {1}×{2} px不符</translation>
    </message>
    <message>
        <source>{0} is published nowhere</source>
        <translation>{0} 没有发布的下载地址</translation>
    </message>
    <message>
        <source>{0} is there, but {1}</source>
        <translation>有 {0}，但{1}</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>{0} of {1} bytes came</source>
        <translation>只收到 {0}/{1} 字节</translation>
    </message>
    <message>
        <source>{0} was damaged, and was thrown away</source>
        <translation>{0} 已损坏，已丢弃</translation>
    </message>
    <message>
        <source>{0} was {1}, not {2}</source>
        <translation>{0} 原为 {1}，而不是 {2}</translation>
    </message>
    <message>
        <source>{0}&apos;s weight</source>
        <translation>{0} 的权重</translation>
    </message>
    <message>
        <source>{0}, a multiple of {1}</source>
        <translation>{0}，步进 {1}</translation>
    </message>
    <message>
        <source>{0}, as the file says</source>
        <translation>{0}，由文件说明</translation>
    </message>
    <message>
        <source>{0}, colour blend {1} → {2}</source>
        <translation>{0}，色彩恢复 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, colour strength {1} → {2}</source>
        <translation>{0}，色彩强度 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, colours {1} → {2}</source>
        <translation>{0}，色彩 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, content layer {1} → {2}</source>
        <translation>{0}，内容层 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, content weight {1} → {2}</source>
        <translation>{0}，内容权重 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, detail {1} → {2}</source>
        <translation>{0}，细节 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, l-bfgs memory {1} → {2}</source>
        <translation>{0}，L-BFGS 记忆步数 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, learning rate {1} → {2}</source>
        <translation>{0}，学习率 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, or auto</source>
        <translation>{0}，或自动</translation>
    </message>
    <message>
        <source>{0}, smoothing {1} → {2}</source>
        <translation>{0}，平滑 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, stroke size {1} → {2}</source>
        <translation>{0}，笔触大小 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style crops {1} → {2}</source>
        <translation>{0}，风格裁剪 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style fit {1} → {2}</source>
        <translation>{0}，风格适配 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style layers {1} → {2}</source>
        <translation>{0}，风格层 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style scales {1} → {2}</source>
        <translation>{0}，风格缩放 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style shares {1} → {2}</source>
        <translation>{0}，风格占比 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style statistic {1} → {2}</source>
        <translation>{0}，风格统计量 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, style weight {1} → {2}</source>
        <translation>{0}，风格权重 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, tile {1} → {2}</source>
        <translation>{0}，分块 {1} → {2}</translation>
    </message>
    <message>
        <source>{0}, {1} MB</source>
        <translation>{0}，{1} MB</translation>
    </message>
    <message>
        <source>{0}, {1} of {2} MB</source>
        <translation>{0}，{1}/{2} MB</translation>
    </message>
    <message>
        <source>{0}: a sheet compares at least two values</source>
        <translation>{0}：一页至少比较两个值</translation>
    </message>
    <message>
        <source>{0}: keeps {1}</source>
        <translation>{0}：保留{1}</translation>
    </message>
    <message>
        <source>{0}: the file needs {1}</source>
        <translation>{0}：文件需要 {1}</translation>
    </message>
    <message>
        <source>{0}: the file needs {1}, {2} are free</source>
        <translation>{0}：文件需要 {1}，可用 {2}</translation>
    </message>
    <message>
        <source>{0}: {1} is named twice</source>
        <translation>{0}：{1} 写了两次</translation>
    </message>
    <message>
        <source>{0}: {1} is not allowed: {2}</source>
        <translation>{0}不能为 {1}，应为{2}</translation>
    </message>
    <message>
        <source>{0}: {1} is used as it is, and takes longer to load</source>
        <translation>{0}：{1} 按原样使用，加载会更慢</translation>
    </message>
    <message>
        <source>{0}: {1} values are named, and more than {2} side by side are too small to be told apart</source>
        <translation>{0}：写了 {1} 个值，并排超过 {2} 个就小得难以分辨</translation>
    </message>
    <message>
        <source>{0}; L-BFGS&apos;s memory is cleared</source>
        <translation>{0}；L-BFGS 的记忆已清空</translation>
    </message>
    <message>
        <source>{0}; did you mean {1}?</source>
        <translation>{0}；是不是想写 {1}？</translation>
    </message>
    <message>
        <source>{0}; going on at {1} MB</source>
        <translation>{0}；从 {1} MB 处继续</translation>
    </message>
    <message>
        <source>{0}; in a terminal: {1}</source>
        <translation>{0}；在终端中：{1}</translation>
    </message>
    <message>
        <source>{0}; install Impasto with pip to use it: docs/gpu.md says how</source>
        <translation>{0}；要使用它，请用 pip 安装 Impasto：方法见 docs/gpu.md</translation>
    </message>
    <message>
        <source>{0}; it was thrown away</source>
        <translation>{0}；已丢弃</translation>
    </message>
    <message>
        <source>{0}; the render goes on</source>
        <translation>{0}；渲染继续进行</translation>
    </message>
    <message>
        <source>{0}; {1}</source>
        <translation>{0}；{1}</translation>
    </message>
    <message>
        <source>{0}contents: {1}; styles: {2}</source>
        <translation>{0}内容图：{1}；风格图：{2}</translation>
    </message>
    <message>
        <source>“{0}” cannot be read as weights: {1}</source>
        <translation>无法将“{0}”读作权重：{1}</translation>
    </message>
    <message>
        <source>“{0}” cannot be read: {1}</source>
        <translation>无法读取“{0}”：{1}</translation>
    </message>
    <message>
        <source>“{0}” cannot be written</source>
        <translation>无法写入“{0}”</translation>
    </message>
    <message>
        <source>“{0}” cannot be written: {1}</source>
        <translation>无法写入“{0}”：{1}</translation>
    </message>
    <message>
        <source>“{0}” does not fit into memory</source>
        <translation>“{0}”太大，内存放不下</translation>
    </message>
    <message>
        <source>“{0}” exists already</source>
        <translation>“{0}”已存在</translation>
    </message>
    <message>
        <source>“{0}” has no layer {1}: it ends at {2}</source>
        <translation>“{0}”没有层 {1}：它到 {2} 为止</translation>
    </message>
    <message>
        <source>“{0}” has no transparency that could be a mask</source>
        <translation>“{0}”没有可用作蒙版的透明度</translation>
    </message>
    <message>
        <source>“{0}” has no weights of {1}</source>
        <translation>“{0}”没有 {1} 的权重</translation>
    </message>
    <message>
        <source>“{0}” has no {1} of {2}</source>
        <translation>“{0}”缺少 {1}（{2}）</translation>
    </message>
    <message>
        <source>“{0}” holds more than weights (code that would run), and was not loaded</source>
        <translation>“{0}”中除权重外还有会被执行的代码，未予加载</translation>
    </message>
    <message>
        <source>“{0}” holds no recipe</source>
        <translation>“{0}”中没有配方</translation>
    </message>
    <message>
        <source>“{0}” is a HEIC picture, which Impasto reads with its extra `heic` only</source>
        <translation>“{0}”是 HEIC 图片，Impasto 需要附加组件 `heic` 才能读取</translation>
    </message>
    <message>
        <source>“{0}” is a folder</source>
        <translation>“{0}”是文件夹</translation>
    </message>
    <message>
        <source>“{0}” is a folder, not a picture</source>
        <translation>“{0}”是文件夹，不是图片</translation>
    </message>
    <message>
        <source>“{0}” is damaged: {1}</source>
        <translation>“{0}”已损坏：{1}</translation>
    </message>
    <message>
        <source>“{0}” is empty</source>
        <translation>“{0}”是空文件</translation>
    </message>
    <message>
        <source>“{0}” is no checkpoint of Impasto</source>
        <translation>“{0}”不是 Impasto 的检查点</translation>
    </message>
    <message>
        <source>“{0}” is not VGG-19: it has a layer {1}</source>
        <translation>“{0}”不是 VGG-19：它有一层 {1}</translation>
    </message>
    <message>
        <source>“{0}” is not VGG-19: {1}&apos;s {2} is {3}, not {4}</source>
        <translation>“{0}”不是 VGG-19：{1} 的 {2} 是 {3}，而不是 {4}</translation>
    </message>
    <message>
        <source>“{0}” is not a picture that can be read</source>
        <translation>“{0}”不是可以读取的图片</translation>
    </message>
    <message>
        <source>“{0}” is not the file that the recipe was made with</source>
        <translation>“{0}”不是配方当时所用的文件</translation>
    </message>
    <message>
        <source>“{0}” is not the recipe&apos;s “{1}”: their contents differ</source>
        <translation>“{0}”不是配方中的“{1}”：内容不同</translation>
    </message>
    <message>
        <source>“{0}” is of another network: “{1}” with SHA-256 {2}…, not “{3}” with {4}…</source>
        <translation>“{0}”属于另一个网络：“{1}”，SHA-256 为 {2}…，而不是“{3}”，{4}…</translation>
    </message>
    <message>
        <source>“{0}” is of another version of Impasto (format {1}, not {2})</source>
        <translation>“{0}”出自另一版本的 Impasto（格式 {1}，而不是 {2}）</translation>
    </message>
    <message>
        <source>“{0}” is of other pictures: its {1} was {2}, not {3}</source>
        <translation>“{0}”属于其他图片：它的 {1} 是 {2}，而不是 {3}</translation>
    </message>
    <message>
        <source>“{0}” is only {1} × {2} px</source>
        <translation>“{0}”只有 {1} × {2} px</translation>
    </message>
    <message>
        <source>“{0}” is too large: {1}</source>
        <translation>“{0}”太大：{1}</translation>
    </message>
    <message>
        <source>“{0}” is {1} px on its long side</source>
        <translation>“{0}”的长边为 {1} 像素</translation>
    </message>
    <message>
        <source>“{0}” says itself which input it takes, and it is not {1}</source>
        <translation>“{0}”自己注明了输入类型，并不是 {1}</translation>
    </message>
    <message>
        <source>“{0}” would be {1} times as large as the content: stroke size and its own scale together are {2} at most</source>
        <translation>“{0}”将是内容图的 {1} 倍大：笔触大小与其自身缩放之积最多为 {2}</translation>
    </message>
    <message>
        <source>“{0}”: {1} has 8 bits a channel, not 16</source>
        <translation>“{0}”：{1} 每通道为 8 位，而不是 16 位</translation>
    </message>
    <message>
        <source>“{0}”: {1} holds at most {2} px a side</source>
        <translation>“{0}”：{1} 每边最多 {2} px</translation>
    </message>
    <message>
        <source>“{0}”: {1} is no format that Impasto writes</source>
        <translation>“{0}”：Impasto 不能写入 {1} 格式</translation>
    </message>
</context>
</TS>
